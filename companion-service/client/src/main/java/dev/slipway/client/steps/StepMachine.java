package dev.slipway.client.steps;

import dev.slipway.client.SlipwayClient;
import dev.slipway.client.auth.TokenRefusedException;
import dev.slipway.client.follow.CleanText;
import dev.slipway.client.http.ApiException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Drives remote work, one round after the other. It holds no thread between rounds, and all that a later machine needs
 * to go on is in its memory: that is how a step survives a restart.
 */
public final class StepMachine {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofSeconds(15);
    private static final int MOST_REFUSALS = 2;

    /** Opens a connection for one round. */
    @FunctionalInterface
    public interface Connector {
        /**
         * Opens it.
         *
         * @throws StepFailedException when there is no use in trying again
         */
        SlipwayClient connect() throws IOException;
    }

    /**
     * What to do after a round.
     *
     * @param delay until the next one
     * @param outcome how the step ended; null while there is a next round
     */
    public record Next(Duration delay, @Nullable Outcome outcome) {
        static Next in(Duration delay) {
            return new Next(delay, null);
        }

        static Next ended(Outcome outcome) {
            return new Next(Duration.ZERO, outcome);
        }
    }

    private final RemoteWork work;
    private final Memory memory;
    private final StepSession session;
    private final Patience patience;
    private final RandomGenerator random;
    private Duration pace = SOON;
    private int refusals;
    private boolean prepared;

    /**
     * @param saved the memory of the machine that this one goes on for; empty for a new step
     * @param limit for how long a companion that does not answer is put up with
     */
    public StepMachine(
            RemoteWork work,
            Map<String, String> saved,
            StepHost host,
            Duration limit,
            Clock clock,
            RandomGenerator random) {
        this.work = work;
        this.memory = new Memory(saved);
        this.session = new StepSession(host, memory, clock);
        this.patience = new Patience(limit, clock, random);
        this.random = random;
    }

    /** The memory of a step that has not begun: no more than the key of its request. */
    public static Map<String, String> newMemory() {
        Memory memory = new Memory(Map.of());
        memory.key(UUID.randomUUID().toString());
        return memory.copy();
    }

    /** Whether the companion took the request. */
    public boolean started() {
        return memory.started();
    }

    /** What is done to what, as a title among the steps of a run. Calls nobody; never changes. */
    public String title() {
        return CleanText.line(work.title());
    }

    /** What is waited for, as a short phrase. Calls nobody. */
    public String waitingFor() {
        return work.waitingFor(memory);
    }

    /** One round: asks for the work if that was not done, else looks how it is. Blocks for as long as the calls take. */
    public synchronized Next advance(Connector connector) {
        try {
            prepare();
            SlipwayClient client = connector.connect();
            if (!memory.started()) {
                start(client);
            }
            Outcome outcome = work.look(client, session);
            say(patience.answered());
            refusals = 0;
            if (outcome != null) {
                return Next.ended(outcome);
            }
            session.saveNotes();
            pace = session.takeNews() ? SOON : longer(pace);
            return Next.in(spread(pace));
        } catch (StepFailedException | TokenRefusedException | IllegalArgumentException e) {
            return Next.ended(Outcome.failed(message(e)));
        } catch (ApiException e) {
            return refused(e);
        } catch (IOException e) {
            return unanswered(message(e), message(e), null);
        }
    }

    /** The key comes before the first call: after a crash the same request is sent, and it starts nothing twice. */
    private void prepare() throws IOException {
        if (!prepared) {
            if (memory.key().isEmpty()) {
                memory.key(UUID.randomUUID().toString());
            }
            session.save();
            prepared = true;
        }
    }

    private void start(SlipwayClient client) throws IOException {
        work.start(client, session);
        memory.markStarted();
        session.save();
    }

    private Next refused(ApiException e) {
        if (e.status() == 401 && ++refusals < MOST_REFUSALS) {
            // The next round opens a connection with what is configured then: a credential may just be being changed.
            return Next.in(SOON);
        }
        return e.status() >= 500 || e.status() == 429 || e.status() == 408 || e.retryable()
                ? unanswered(message(e), e.withTrace(), e.retryAfter())
                : Next.ended(Outcome.failed(e.withTrace()));
    }

    /**
     * @param last the reason and what is only so this time
     * @param askedFor how long the companion asks to wait; null when it does not
     */
    private Next unanswered(String reason, String last, @Nullable Duration askedFor) {
        say(patience.failed(reason));
        return patience.exhausted()
                ? Next.ended(Outcome.failed("no answer for " + patience.limit() + ": " + last))
                : Next.in(patience.pause(askedFor));
    }

    /**
     * Asks the companion to stop the work. To be called again after a failure or a no, for as long as the caller likes;
     * does not wait for a round that is under way.
     *
     * @return whether nothing of it runs any more
     */
    public boolean cancel(Connector connector) throws IOException {
        if (memory.key().isEmpty()) {
            return true;
        }
        SlipwayClient client = connector.connect();
        if (!memory.started()) {
            // Whether the request arrived is not known. Sending it again with its key says what became of it.
            work.start(client, session);
        }
        return work.cancel(client, session);
    }

    private void say(@Nullable String line) {
        if (line != null) {
            session.print(line);
        }
    }

    private static Duration longer(Duration pace) {
        Duration next = pace.multipliedBy(3).dividedBy(2);
        return next.compareTo(SELDOM) > 0 ? SELDOM : next;
    }

    /** A little less at random, or the steps that a restart of Jenkins began together would look together for ever. */
    private Duration spread(Duration time) {
        long least = time.toMillis() * 3 / 4;
        return Duration.ofMillis(least + random.nextLong(time.toMillis() - least + 1));
    }

    private static String message(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}

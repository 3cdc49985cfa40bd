package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.SlipwayClient;
import dev.slipway.client.follow.CleanText;
import dev.slipway.client.servers.ChosenServer;
import dev.slipway.client.steps.Absence;
import dev.slipway.client.steps.Outcome;
import dev.slipway.client.steps.Snapshot;
import dev.slipway.client.steps.StepFailedException;
import dev.slipway.client.steps.StepHost;
import dev.slipway.client.steps.StepMachine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.slipway.runs.SlipwayRunAction;
import io.jenkins.plugins.slipway.servers.ConfiguredServers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Runs the rounds of a waiting step on threads of its own: the timer only hands over, and the thread of the pipeline's
 * program never waits. Ends the step exactly once.
 */
final class StepDriver implements StepHost {
    private static final Logger LOGGER = Logger.getLogger(StepDriver.class.getName());
    /** How long an aborted step waits for the companion to confirm. */
    private static final Duration LONGEST_CANCEL = Duration.ofSeconds(30);

    private static final Duration CANCEL_AGAIN = Duration.ofSeconds(2);
    private static final Duration DELIVER_AGAIN = Duration.ofSeconds(2);
    private static final long LONGEST_SAVE_SECONDS = 60;

    private final WaitingExecution execution;
    private final StepMachine machine;
    private final AgentProgram program;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean cancelTrouble = new AtomicBoolean();
    private final AtomicBoolean titled = new AtomicBoolean();
    private final Absence absence = AgentPresence.absence();
    private volatile ScheduledFuture<?> next;

    StepDriver(@NonNull WaitingExecution execution) {
        this.execution = execution;
        String worker = execution.worker();
        AgentWork work = execution.step().agentWork();
        this.program = work == null
                ? null
                : new AgentProgram(context(), work, execution.key(), worker, this::print, this::deliver);
        this.machine = new StepMachine(
                execution.step().work(worker),
                execution.memory(),
                this,
                patience(),
                Clock.systemUTC(),
                RandomGenerator.getDefault());
    }

    private StepContext context() {
        return execution.getContext();
    }

    private Duration patience() {
        try {
            return server(context().get(Run.class)).patience();
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.FINE, "the server is not known now", e);
            return ChosenServer.DEFAULT_PATIENCE;
        }
    }

    private ChosenServer server(Run<?, ?> run) throws AbortException {
        return ConfiguredServers.choose(run.getParent(), execution.server());
    }

    void begin() {
        later(Duration.ZERO, this::round);
    }

    @NonNull
    String status() {
        return execution.isStopping() ? Messages.StepDriver_stopping(machine.waitingFor()) : machine.waitingFor();
    }

    private void round() {
        if (ended.get() || execution.isStopping()) {
            return;
        }
        try {
            title();
            StepMachine.Next after = machine.advance(this::connect);
            if (execution.isStopping()) {
                return;
            }
            if (after.outcome() == null) {
                if (program != null && machine.started()) {
                    program.begin(server(context().get(Run.class)));
                }
                later(after.delay(), this::round);
            } else {
                deliver(after.outcome());
            }
        } catch (Throwable t) {
            fail(t);
        }
    }

    private void title() {
        if (titled.compareAndSet(false, true)) {
            try {
                FlowMarks.title(context(), machine.title());
            } catch (IOException | InterruptedException e) {
                LOGGER.log(Level.FINE, "the step keeps its plain name", e);
            }
        }
    }

    private SlipwayClient connect() throws IOException {
        try {
            Run<?, ?> run = context().get(Run.class);
            return new SlipwayClient(ConfiguredServers.connect(server(run), run));
        } catch (AbortException e) {
            throw new StepFailedException(e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new InterruptedIOException(e.getMessage());
        }
    }

    /** Cancels the remote work and then fails the step with the cause, in any case within the bound. */
    void stop(@NonNull Throwable cause) {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        execution.markStopping();
        ScheduledFuture<?> pending = next;
        if (pending != null) {
            pending.cancel(false);
        }
        Timer.get()
                .schedule(
                        () -> Computer.threadPoolForRemoting.execute(() -> giveUp(cause)),
                        LONGEST_CANCEL.toSeconds(),
                        TimeUnit.SECONDS);
        Computer.threadPoolForRemoting.execute(() -> cancel(cause));
    }

    private void cancel(Throwable cause) {
        if (ended.get()) {
            return;
        }
        stopProgram();
        try {
            if (machine.cancel(this::connect)) {
                fail(cause);
                return;
            }
        } catch (IOException | RuntimeException e) {
            if (cancelTrouble.compareAndSet(false, true)) {
                print(Messages.StepDriver_cancelTrouble(e.getMessage()));
            }
        }
        later(CANCEL_AGAIN, () -> cancel(cause));
    }

    private void stopProgram() {
        if (program != null) {
            program.stop();
        }
    }

    private void giveUp(Throwable cause) {
        if (ended.compareAndSet(false, true)) {
            // What could be ended was told to: this is the bound for all of it.
            print(Messages.StepDriver_unconfirmed());
            context().onFailure(cause);
        }
    }

    private void later(Duration delay, Runnable what) {
        try {
            next = Timer.get()
                    .schedule(
                            () -> Computer.threadPoolForRemoting.execute(what),
                            delay.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "Jenkins is going down; the step goes on when it is back", e);
        }
    }

    /** Ends the step, but not before an agent that is to get something of the outcome is there. */
    private void deliver(Outcome outcome) {
        if (ended.get() || execution.isStopping()) {
            return;
        }
        try {
            execution.step().deliver(context(), outcome);
            end(outcome, null);
        } catch (AgentPresence.AwayException e) {
            if (absence.began()) {
                print(Messages.StepDriver_away());
            }
            if (absence.tooLong()) {
                end(outcome, new AbortException(Messages.StepDriver_gone(absence.limit())));
            } else {
                later(DELIVER_AGAIN, () -> deliver(outcome));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            end(outcome, e);
        }
    }

    private void end(Outcome outcome, Throwable trouble) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        try {
            stopProgram();
        } finally {
            // Whatever happens here, a pipeline that waits must get an answer.
            complete(outcome, trouble);
        }
    }

    private void complete(Outcome outcome, Throwable trouble) {
        if (outcome.kind() == Outcome.Kind.FAILED) {
            if (trouble != null) {
                print(trouble.getMessage());
            }
            context()
                    .onFailure(new FlowInterruptedException(
                            Result.FAILURE, false, new RemoteFailure(outcome.message(), isShown())));
        } else if (trouble != null) {
            context().onFailure(trouble);
        } else {
            try {
                if (outcome.kind() == Outcome.Kind.UNSTABLE) {
                    unstable(outcome.message());
                }
            } finally {
                context().onSuccess(outcome.result());
            }
        }
    }

    /** Whether the run has a page about what its steps did. */
    private boolean isShown() {
        try {
            return context().get(Run.class).getAction(SlipwayRunAction.class) != null;
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.FINE, "the run is gone", e);
            return false;
        }
    }

    private void unstable(String message) {
        context().setResult(Result.UNSTABLE);
        try {
            FlowMarks.warn(context(), CleanText.line(message));
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, "the node of the step carries no warning", e);
        }
    }

    private void fail(Throwable cause) {
        if (ended.compareAndSet(false, true)) {
            try {
                stopProgram();
            } finally {
                context().onFailure(cause);
            }
        }
    }

    @Override
    public void print(@CheckForNull String line) {
        if (line == null) {
            return;
        }
        try {
            TaskListener listener = context().get(TaskListener.class);
            if (listener != null) {
                listener.getLogger().println(CleanText.line(line));
            }
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, "nobody listens to the run", e);
        }
    }

    @Override
    public void save(@NonNull Map<String, String> memory) throws IOException {
        execution.remember(new TreeMap<>(memory));
        Future<?> saved = context().saveState();
        try {
            saved.get(LONGEST_SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException e) {
            // Not lost yet: the next round tries again.
            throw new InterruptedIOException(Messages.StepDriver_notSaved());
        } catch (ExecutionException e) {
            throw new IOException(e.getCause() == null ? e : e.getCause());
        }
    }

    @Override
    public void show(@NonNull Snapshot snapshot) throws IOException {
        try {
            Recorder.record(context().get(Run.class), execution.server(), snapshot);
        } catch (InterruptedException e) {
            throw new InterruptedIOException(e.getMessage());
        }
    }
}

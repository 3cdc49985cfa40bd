package io.jenkins.plugins.slipway.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;
import hudson.model.Computer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The token of a program on an agent, in a file that the program reads again when its token is refused: so that work
 * which takes longer than a token lasts need not begin anew.
 */
final class LiveToken {
    private static final Logger LOGGER = Logger.getLogger(LiveToken.class.getName());

    private final AtomicBoolean renewing = new AtomicBoolean();
    private FilePath file;
    private String written;
    private ProgramOutput output;

    /** Gives the token that is to be used now; may block. */
    interface Tokens {
        @NonNull
        String token() throws IOException, InterruptedException;
    }

    synchronized void isIn(@NonNull FilePath where, @NonNull String secret, @NonNull ProgramOutput masked) {
        file = where;
        written = secret;
        output = masked;
    }

    /** Nothing is written from now on. */
    synchronized void isGone() {
        file = null;
    }

    /** Replaces the token, if there is another one, on a thread of its own: an agent may take its time. */
    void renewSoon(@NonNull Tokens tokens) {
        if (renewing.compareAndSet(false, true)) {
            Computer.threadPoolForRemoting.execute(() -> {
                try {
                    renew(tokens);
                } catch (IOException | RuntimeException e) {
                    LOGGER.log(Level.FINE, "the token of a worker program could not be renewed; tried again", e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    renewing.set(false);
                }
            });
        }
    }

    private void renew(Tokens tokens) throws IOException, InterruptedException {
        if (!isLive()) {
            return;
        }
        String fresh = tokens.token();
        synchronized (this) {
            if (file != null && !fresh.equals(written)) {
                output.mask(List.of(fresh));
                file.write(fresh, "UTF-8");
                written = fresh;
            }
        }
    }

    private synchronized boolean isLive() {
        return file != null;
    }
}

package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.steps.Absence;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Whether the agent around a step is there: agents come and go, and after a restart they come later than the steps. */
final class AgentPresence {
    /** How long an agent that went away may take to come back. */
    private static final Duration LONGEST_AWAY = Duration.ofMinutes(5);

    private AgentPresence() {}

    /** The agent is not there, but may come back. */
    static final class AwayException extends IOException {
        private static final long serialVersionUID = 1L;

        AwayException(@CheckForNull Throwable cause) {
            super(cause);
        }
    }

    /** Measures how long an agent is away. */
    @NonNull
    static Absence absence() {
        return new Absence(LONGEST_AWAY, Clock.systemUTC());
    }

    /** @throws AwayException when it is not there, or not ready to do anything yet */
    static void require(@NonNull StepContext context) throws IOException, InterruptedException {
        Computer computer;
        try {
            computer = context.get(Computer.class);
        } catch (IOException e) {
            throw new AwayException(e);
        }
        // After a restart an agent may be connected, and not be ready to start anything yet.
        if (computer == null || computer.getChannel() == null || computer.isUnix() == null) {
            throw new AwayException(null);
        }
    }

    /** The directory of the step on its agent. */
    @NonNull
    static FilePath workspace(@NonNull StepContext context) throws IOException, InterruptedException {
        require(context);
        FilePath workspace;
        try {
            workspace = context.get(FilePath.class);
        } catch (IOException e) {
            throw new AwayException(e);
        }
        if (workspace == null) {
            throw new AwayException(null);
        }
        return workspace;
    }

    /** Whether the connection to the agent broke, which the controller may not have noted yet. */
    static boolean isLost(@NonNull Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof ChannelClosedException || t instanceof RequestAbortedException) {
                return true;
            }
        }
        return false;
    }
}

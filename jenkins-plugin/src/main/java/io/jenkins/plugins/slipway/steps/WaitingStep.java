package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.steps.Outcome;
import dev.slipway.client.steps.RemoteWork;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import java.io.IOException;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A step that asks a companion for something and waits for it. It is stored with its execution. */
@Restricted(NoExternalUse.class)
public abstract class WaitingStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The id of the companion to ask; null for what the folder or the administrator prefers. */
    @CheckForNull
    public abstract String getServer();

    /**
     * What is to be done, from the arguments.
     *
     * @throws IllegalArgumentException when one of them makes no sense; says which and what helps
     */
    @NonNull
    abstract RemoteWork work();

    /** As {@link #work()}, for steps that have to know by which name a worker of their own is known. */
    @NonNull
    RemoteWork work(@NonNull String worker) {
        return work();
    }

    /**
     * Looks whether the step is where it can work.
     *
     * @throws AbortException when it is not; says what helps
     */
    void check(@NonNull StepContext context) throws IOException, InterruptedException {}

    /** What has to be done on the agent meanwhile; null for nothing. */
    @CheckForNull
    AgentWork agentWork() {
        return null;
    }

    /**
     * Hands over what the pipeline does not get as the step's value. Not on the thread of the pipeline's program.
     *
     * @throws AgentPresence.AwayException when that is for an agent which is away; to be called again when it is back
     */
    void deliver(@NonNull StepContext context, @NonNull Outcome outcome) throws IOException, InterruptedException {}

    @Override
    public StepExecution start(StepContext context) throws Exception {
        try {
            work();
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
        check(context);
        return new WaitingExecution(context, this);
    }
}

package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.steps.RemoteWork;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
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

    @Override
    public StepExecution start(StepContext context) throws Exception {
        try {
            work();
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
        return new WaitingExecution(context, this);
    }
}

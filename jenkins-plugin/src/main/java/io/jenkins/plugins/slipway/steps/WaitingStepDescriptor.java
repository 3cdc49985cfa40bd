package io.jenkins.plugins.slipway.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the steps have in common: they need a run, but no agent. */
@Restricted(NoExternalUse.class)
public abstract class WaitingStepDescriptor extends StepDescriptor {
    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }

    /** A list as the one line that a form has for it. */
    @NonNull
    public String joined(@CheckForNull List<?> values) {
        return values == null ? "" : values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** A list as the field of several lines that a form has for it. */
    @NonNull
    public String stacked(@CheckForNull List<String> values) {
        return values == null ? "" : String.join("\n", values);
    }
}

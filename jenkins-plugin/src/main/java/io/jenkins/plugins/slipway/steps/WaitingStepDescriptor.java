package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.steps.Arguments;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;

/** What the steps have in common: they need a run, but no agent. */
@Restricted(NoExternalUse.class)
public abstract class WaitingStepDescriptor extends StepDescriptor {
    private static final List<String> ID_LISTS = List.of("builds", "linkedBuilds");

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }

    /** Forms have one line for all ids, which are numbers; the binding of forms would make one of them. */
    @Override
    public Step newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
        for (String name : ID_LISTS) {
            if (formData.opt(name) instanceof String text) {
                try {
                    formData.element(name, Arguments.idsIn(text));
                } catch (IllegalArgumentException e) {
                    throw new FormException(e.getMessage(), e, name);
                }
            }
        }
        return super.newInstance(req, formData);
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

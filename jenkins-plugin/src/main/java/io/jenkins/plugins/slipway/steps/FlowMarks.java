package io.jenkins.plugins.slipway.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a step writes on its own node of the pipeline's graph. Blocks on the disk. */
final class FlowMarks {
    private FlowMarks() {}

    /** Calls the node by what the step does. Once is enough: it is stored with the node. */
    static void title(@NonNull StepContext context, @NonNull String title) throws IOException, InterruptedException {
        FlowNode node = context.get(FlowNode.class);
        if (node != null && node.getAction(LabelAction.class) == null) {
            node.addAction(new LabelAction(title));
        }
    }

    /** Marks the node as the one that made the run unstable. */
    static void warn(@NonNull StepContext context, @NonNull String message) throws IOException, InterruptedException {
        FlowNode node = context.get(FlowNode.class);
        if (node != null) {
            node.addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(message));
        }
    }
}

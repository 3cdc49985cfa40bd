package io.jenkins.plugins.slipway.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import jenkins.model.CauseOfInterruption;

/** Why a step failed, in the words of the companion. */
final class RemoteFailure extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    private final String message;

    RemoteFailure(@NonNull String message) {
        this.message = message;
    }

    @Override
    public String getShortDescription() {
        return message;
    }
}

package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.follow.CleanText;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import jenkins.model.CauseOfInterruption;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Why a step failed, in the words of the companion. Stored with the run, printed to its console and shown on its page. */
@Restricted(NoExternalUse.class)
public final class RemoteFailure extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    private final String message;
    private final boolean shown;

    /**
     * @param message may be foreign; what a console could mistake for an order is taken out
     * @param shown whether the run has a page that tells more
     */
    RemoteFailure(@NonNull String message, boolean shown) {
        this.message = CleanText.line(message);
        this.shown = shown;
    }

    /** Whether the run has a page that tells more. */
    public boolean isShown() {
        return shown;
    }

    @Override
    @NonNull
    public String getShortDescription() {
        return message;
    }

    /** Runs list equal causes once. */
    @Override
    public boolean equals(@CheckForNull Object other) {
        return other instanceof RemoteFailure failure && failure.message.equals(message);
    }

    @Override
    public int hashCode() {
        return message.hashCode();
    }
}

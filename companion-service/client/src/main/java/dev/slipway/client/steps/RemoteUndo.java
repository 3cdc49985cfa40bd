package dev.slipway.client.steps;

import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseAnswer;
import dev.slipway.client.SlipwayClient;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The undoing of a release: what was served before it is served again. */
final class RemoteUndo implements RemoteWork {
    private static final int REVERTED = 5;
    private static final String ORDERED = "ordered";

    private final long id;

    RemoteUndo(long id) {
        this.id = id;
    }

    @Override
    public String title() {
        return "Undoing release " + id;
    }

    @Override
    public String waitingFor(Memory memory) {
        return "undoing release " + id;
    }

    @Override
    public void start(SlipwayClient client, StepSession session) {
        // What is to be done depends on the release, so the first look decides.
        session.memory().id(id);
    }

    @Override
    public @Nullable Outcome look(SlipwayClient client, StepSession session) throws IOException {
        Release release = client.releases().get(id);
        boolean open = release.status() == RemoteRelease.COMPLETED || release.status() == RemoteRelease.IN_PROGRESS;
        if (open) {
            session.memory().put(ORDERED, "yes");
            session.save();
            ReleaseAnswer answer = client.releases().revert(id, release.revision());
            release = answer.release();
            session.print("The companion says: " + answer.message());
        } else if (release.status() == REVERTED) {
            session.print("Release " + id + " is undone");
        } else {
            session.print("Nothing of release " + id + " was published, so there is nothing to undo");
        }
        RemoteRelease.show(release, release.plan().checks(), client, session);
        return Outcome.succeeded(
                "release " + id + " is " + release.statusName(),
                PlanText.result(release, release.plan().checks(), List.of(), Links.release(client, id)));
    }

    /** It is one call, which is done or not. */
    @Override
    public boolean cancel(SlipwayClient client, StepSession session) {
        return true;
    }
}

package dev.slipway.client.steps;

import dev.slipway.api.releases.ReleaseRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline says to have builds released.
 *
 * @param builds ids
 * @param platform whose repositories to release into
 * @param distribution whose repositories; needed where the platform is in several
 * @param release id of a plan made before, in place of builds and platform; 0 for none
 * @param dryRun only to show what would be planned
 * @param commit to publish what is planned; otherwise the plan waits
 * @param revertTo id of the release to undo: what was served before it is served again; 0 for none
 */
public record ReleaseArguments(
        @Nullable List<Long> builds,
        @Nullable String platform,
        @Nullable String distribution,
        long release,
        boolean dryRun,
        boolean commit,
        long revertTo) {
    /**
     * Checks them.
     *
     * @throws IllegalArgumentException naming the argument that is wrong and what helps
     */
    public RemoteWork work() {
        List<Long> ids = Arguments.ids("builds", builds);
        String target = Arguments.text(platform);
        if (release < 0 || revertTo < 0) {
            throw new IllegalArgumentException("release and revertTo are ids of releases");
        }
        if (dryRun && commit) {
            throw new IllegalArgumentException("packageRelease is given dryRun and commit; a dry run commits nothing");
        }
        boolean plans = !ids.isEmpty() || target != null;
        if (revertTo > 0) {
            if (plans || release > 0 || dryRun || commit) {
                throw new IllegalArgumentException(
                        "packageRelease with revertTo undoes a release and takes nothing but the server beside it");
            }
            return new RemoteUndo(revertTo);
        }
        if (release > 0) {
            if (plans) {
                throw new IllegalArgumentException(
                        "packageRelease is given a release, which has its plan, and builds or a platform to plan for");
            }
            return new RemoteRelease(null, release, dryRun, commit);
        }
        if (ids.isEmpty() || target == null) {
            throw new IllegalArgumentException("packageRelease needs builds and a platform, such as builds: [812],"
                    + " platform: 'el9'; or the release to commit, or revertTo");
        }
        return new RemoteRelease(
                new ReleaseRequest(
                        ids, null, target, null, Arguments.text(distribution), null, null, dryRun ? true : null),
                0,
                dryRun,
                commit);
    }
}

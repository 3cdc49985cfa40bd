package dev.slipway.client.steps;

import dev.slipway.api.builds.Build;
import dev.slipway.api.composes.Compose;
import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseCheck;
import dev.slipway.api.signing.SignTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A remote thing as it was when last looked at. Addresses are absolute. */
public sealed interface Snapshot {
    /**
     * A build.
     *
     * @param base where the companion is, to make its own addresses absolute
     */
    record BuildSeen(Build build, String url, String base) implements Snapshot {
        /** An address that the companion gave, such as that of a task's log, made absolute. */
        public String address(String given) {
            return Links.absolute(base, given);
        }
    }

    /** The tests of one build. */
    record TestsSeen(long buildId, List<Tests> tests) implements Snapshot {
        public TestsSeen {
            tests = List.copyOf(tests);
        }
    }

    /**
     * The tests on one platform and architecture.
     *
     * @param id of their task
     * @param url of their log
     * @param failures names of the cases that failed
     */
    record Tests(
            long id,
            String url,
            String platform,
            String arch,
            String state,
            @Nullable String error,
            int passed,
            int skipped,
            List<String> failures) {
        public Tests {
            failures = List.copyOf(failures);
        }
    }

    /** A sign task. */
    record SigningSeen(SignTask task, String url) implements Snapshot {}

    /**
     * A temporary repository.
     *
     * @param url where it is
     */
    record ComposeSeen(Compose compose, @Nullable String url) implements Snapshot {}

    /** A release and what its checks found. */
    record ReleaseSeen(Release release, List<ReleaseCheck> checks, boolean dryRun, String url) implements Snapshot {
        public ReleaseSeen {
            checks = List.copyOf(checks);
        }
    }
}

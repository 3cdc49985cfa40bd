package dev.slipway.api.builds;

import dev.slipway.api.Copies;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A build with its tasks.
 *
 * @param state {@code running} until the last build task has ended, then {@code succeeded}, {@code failed} or {@code cancelled}
 * @param user who asked for it
 * @param repositories where its packages are served, from its first moment on
 * @param testTasks of the newest revision
 * @param differences between packages for all architectures that several tasks made; one of them is taken for all
 * @param error why it could not be planned
 */
public record Build(
        long id,
        Instant createdAt,
        @Nullable Instant finishedAt,
        String state,
        String mode,
        int priority,
        List<BuildTask> tasks,
        User user,
        List<Long> linkedBuilds,
        List<Repository> repositories,
        List<TestTask> testTasks,
        List<Difference> differences,
        int testRevision,
        boolean cancelTesting,
        boolean signed,
        boolean released,
        @Nullable String error,
        int revision) {
    public Build {
        tasks = Copies.list(tasks);
        linkedBuilds = Copies.list(linkedBuilds);
        repositories = Copies.list(repositories);
        testTasks = Copies.list(testTasks);
        differences = Copies.list(differences);
    }

    /** As those see it who may not see what is private of its user. */
    public Build withoutPrivateData() {
        return new Build(
                id,
                createdAt,
                finishedAt,
                state,
                mode,
                priority,
                tasks,
                new User(user.id(), user.username(), ""),
                linkedBuilds,
                repositories,
                testTasks,
                differences,
                testRevision,
                cancelTesting,
                signed,
                released,
                error,
                revision);
    }

    /**
     * In what two tasks' packages of one identity differ.
     *
     * @param taskId the task that made the first
     * @param otherTaskId the task that made the second
     * @param differences one line each
     */
    public record Difference(String nevra, long taskId, long otherTaskId, List<String> differences) {
        public Difference {
            differences = Copies.list(differences);
        }
    }

    /** @param email empty when none is known, and for all but the user and those who manage users */
    public record User(long id, String username, String email) {}

    /** @param url where {@code dnf} or {@code apt} reads it; relative to the companion when it starts with a slash */
    public record Repository(
            long id, String name, String platform, String arch, String type, boolean debug, String url) {}

    /** @param status 1 created, 2 started, 3 completed, 4 failed, 5 cancelled */
    public record TestTask(
            long id,
            String platform,
            String arch,
            int revision,
            String state,
            int status,
            String statusName,
            @Nullable String error) {}
}

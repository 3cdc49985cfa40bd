package dev.slipway.cli;

import dev.slipway.api.releases.PlannedPackage;
import dev.slipway.api.releases.PlannedTarget;
import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseApproval;
import dev.slipway.api.releases.ReleaseCheck;
import dev.slipway.api.releases.ReleaseRequest;
import dev.slipway.client.SlipwayClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = "Plans, approves, commits and undoes releases.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  slipway release plan --platform el9 --distribution demo 812 815",
            "  slipway release show 4",
            "  slipway release approve 4     as a second person, where the distribution asks for one",
            "  slipway release commit 4",
            "  slipway release revert 4"
        },
        subcommands = {
            ReleaseCommand.Plan.class,
            ReleaseCommand.Show.class,
            ReleaseCommand.Approve.class,
            ReleaseCommand.Commit.class,
            ReleaseCommand.Revert.class
        })
final class ReleaseCommand {
    private static final int IN_PROGRESS = 2;
    private static final int COMPLETED = 3;
    private static final int REVERTED = 5;

    private ReleaseCommand() {}

    @Command(name = "plan", mixinStandardHelpOptions = true, description = "Has a plan made and prints it.")
    static final class Plan extends RemoteCommand {
        @Option(
                names = {"-p", "--platform"},
                required = true,
                paramLabel = "NAME",
                description = "The platform to release for.")
        private String platform = "";

        @Option(names = "--distribution", paramLabel = "NAME", description = "Whose repositories to release into.")
        private @Nullable String distribution;

        @Option(names = "--commit", description = "Commit at once if no check is red.")
        private boolean commit;

        @Parameters(arity = "1..*", paramLabel = "BUILD", description = "Ids of the builds to release.")
        private List<Long> builds = new ArrayList<>();

        @Override
        public Integer call() throws IOException, InterruptedException {
            SlipwayClient client = client();
            Release release = client.releases()
                    .plan(
                            new ReleaseRequest(builds, null, platform, null, distribution, null, null, null),
                            UUID.randomUUID().toString());
            print(release, output);
            boolean red = red(release);
            if (commit && !red) {
                release = commit(client, release.id(), output);
            }
            output.json(release);
            return red ? ExitCode.FAILED : ExitCode.OK;
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Prints a release with its plan.")
    static final class Show extends RemoteCommand {
        @Parameters(paramLabel = "RELEASE", description = "The release's id.")
        private long id;

        @Override
        public Integer call() throws IOException {
            Release release = client().releases().get(id);
            output.json(release);
            print(release, output);
            return ExitCode.OK;
        }
    }

    @Command(name = "commit", mixinStandardHelpOptions = true, description = "Publishes what the plan says.")
    static final class Commit extends RemoteCommand {
        @Parameters(paramLabel = "RELEASE", description = "The release's id.")
        private long id;

        @Override
        public Integer call() throws IOException, InterruptedException {
            output.json(commit(client(), id, output));
            return ExitCode.OK;
        }
    }

    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = "Approves the plan as it stands, as somebody other than who planned it.",
            footer = {"", "Example:", "  slipway release approve 4"})
    static final class Approve extends RemoteCommand {
        @Parameters(paramLabel = "RELEASE", description = "The release's id.")
        private long id;

        @Override
        public Integer call() throws IOException {
            SlipwayClient client = client();
            Release seen = client.releases().get(id);
            print(seen, output);
            Release approved = client.releases().approve(id, seen.planHash());
            output.json(approved);
            output.result("release " + id + " approved");
            return ExitCode.OK;
        }
    }

    @Command(
            name = "revert",
            mixinStandardHelpOptions = true,
            description = "Brings back exactly what was served before the release.")
    static final class Revert extends RemoteCommand {
        @Parameters(paramLabel = "RELEASE", description = "The release's id.")
        private long id;

        @Override
        public Integer call() throws IOException, InterruptedException {
            SlipwayClient client = client();
            client.releases().revert(id);
            Release release = ended(client, id, output);
            output.json(release);
            if (release.status() != REVERTED) {
                throw new CliException(ExitCode.FAILED, "release " + id + " was not reverted: " + release.error());
            }
            output.result("release " + id + " reverted");
            return ExitCode.OK;
        }
    }

    private static Release commit(SlipwayClient client, long id, Output output)
            throws IOException, InterruptedException {
        output.say(client.releases().commit(id).message());
        Release release = ended(client, id, output);
        if (release.status() != COMPLETED) {
            throw new CliException(ExitCode.FAILED, "release " + id + " was not committed: " + release.error());
        }
        output.result("release " + id + " completed at " + release.committedAt());
        return release;
    }

    private static Release ended(SlipwayClient client, long id, Output output)
            throws IOException, InterruptedException {
        String[] phase = {""};
        return Waiting.until(
                () -> client.releases().get(id),
                seen -> {
                    String now = seen.phase();
                    if (now != null && !now.equals(phase[0])) {
                        output.say("release " + id + ": " + now);
                        phase[0] = now;
                    }
                    return seen.status() != IN_PROGRESS;
                },
                output);
    }

    private static boolean red(Release release) {
        return release.plan().checks().stream().anyMatch(c -> c.state().equals("red"));
    }

    private static void print(Release release, Output output) {
        output.result("release " + release.id() + " (" + release.statusName() + ") of builds " + release.buildIds()
                + " for " + release.platform() + " into " + release.distribution());
        ReleaseApproval approval = release.approval();
        if (approval != null && approval.by() != null) {
            output.result("approved by " + approval.by() + " at " + approval.at());
        } else if (approval != null && approval.required()) {
            output.result("waits for the approval of a second person: slipway release approve " + release.id());
        }
        Table plan = new Table("PACKAGE", "REPOSITORY", "REASON");
        for (PlannedPackage one : release.plan().packages()) {
            if (one.excluded()) {
                plan.row(one.pkg().nevra(), "-", "excluded");
            }
            for (PlannedTarget target : one.repositories()) {
                plan.row(one.pkg().nevra(), target.name() + (target.debug() ? " (debug)" : ""), target.reason());
            }
        }
        output.result(plan);
        Table checks = new Table("CHECK", "RESULT", "PACKAGE", "FINDING");
        for (ReleaseCheck check : release.plan().checks()) {
            checks.row(check.check(), check.state(), check.nevra(), check.message());
        }
        output.result(checks);
    }
}

package dev.slipway.cli;

import dev.slipway.cli.bench.BenchCommand;
import dev.slipway.cli.demo.DemoCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Builds, tests, signs, composes and releases RPM and DEB packages. */
@Command(
        name = "slipway",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Builds, tests, signs, composes and releases RPM and DEB packages.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done, 1 the work failed, 2 wrong usage, 3 companion unreachable, 4 not allowed,",
            "5 request refused, 6 something on this machine.",
            "",
            "Examples:",
            "  slipway demo                              the whole journey on this machine",
            "  slipway server                            a companion on http://127.0.0.1:8080",
            "  slipway worker --kinds build,test         a worker for it",
            "  slipway build --platform el9 https://git.example/wordfreq.git@v1.2"
        },
        subcommands = {
            ServerCommand.class,
            WorkerCommand.class,
            DemoCommand.class,
            BenchCommand.class,
            ApplyCommand.class,
            BuildCommand.class,
            TestCommand.class,
            SignCommand.class,
            ComposeCommand.class,
            ReleaseCommand.class,
            LogCommand.class,
            RepositoryCommand.class,
            DistributionCommand.class,
            PlatformCommand.class,
            ProjectCommand.class,
            ExportCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            TokenCommand.class,
            ClientCommand.class,
            KeyCommand.class,
            UserCommand.class,
            TeamCommand.class,
            GrantCommand.class,
            AuditCommand.class,
            CompletionCommand.class,
            WebhookCommand.class,
            HelpCommand.class,
            GenerateCompletion.class
        })
public final class Slipway {
    private Slipway() {}

    public static void main(String... arguments) {
        System.exit(run(arguments));
    }

    /** Runs a command line; the exit code. */
    static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Slipway())
                .setExecutionExceptionHandler(new Failures())
                .setParameterExceptionHandler(Failures::misused)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }
}

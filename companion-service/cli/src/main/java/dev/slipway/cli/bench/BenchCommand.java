package dev.slipway.cli.bench;

import picocli.CommandLine.Command;

/** The bench's commands. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the companion on this machine and compares each figure with its goal.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Each figure is a line 'RATIO name value goal', a goal being such as <=50 or >=0.5. The exit code is 1 when",
            "a goal is missed. A companion of the bench's own is started for it, in a directory that is removed after.",
            "",
            "Examples:",
            "  slipway bench api                    searches among 100,000 builds with 2,000,000 packages",
            "  slipway bench api --scale 0.01       a quick look",
            "  slipway bench claim                  32 workers, 100,000 ready tasks, pgbench beside them"
        },
        subcommands = {ApiBenchCommand.class, ClaimBenchCommand.class})
public final class BenchCommand {}

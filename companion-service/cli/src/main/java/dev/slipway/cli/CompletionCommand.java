package dev.slipway.cli;

import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script that lets the shell complete commands and options.",
        footer = {
            "",
            "Examples:",
            "  source <(slipway completion bash)",
            "  slipway completion bash > /etc/bash_completion.d/slipway",
            "  slipway completion zsh > ~/.slipway-completion; echo 'source ~/.slipway-completion' >> ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    private static final Set<String> SHELLS = Set.of("bash", "zsh");

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell = "";

    @Override
    public Integer call() {
        if (!SHELLS.contains(shell)) {
            throw new CliException(ExitCode.USAGE, "there is a completion for bash and for zsh, not for " + shell);
        }
        if (spec == null) {
            throw new IllegalStateException("used outside a command");
        }
        CommandLine root = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        // one script for both: it switches zsh to the completion of bash by itself
        out.print(AutoComplete.bash(root.getCommandName(), root));
        out.flush();
        return ExitCode.OK;
    }
}

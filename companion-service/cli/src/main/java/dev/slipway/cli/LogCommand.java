package dev.slipway.cli;

import dev.slipway.client.LogPiece;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.follow.LogCursor;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = "Prints a task's log.",
        footer = {"", "Examples:", "  slipway log 17", "  slipway log --follow 17"})
final class LogCommand implements Callable<Integer> {
    private static final int PIECE = 256 * 1024;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final Connection connection = new Connection();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the log is complete.")
    private boolean follow;

    @Parameters(paramLabel = "TASK", description = "The task's id.")
    private long task;

    @Override
    public Integer call() throws IOException, InterruptedException {
        SlipwayClient client = new SlipwayClient(connection.open());
        LogCursor cursor = new LogCursor(0);
        while (true) {
            LogPiece piece = follow
                    ? Waiting.answer(
                            () -> client.tasks().log(task, cursor.offset(), PIECE),
                            spec.commandLine().getErr()::println)
                    : client.tasks().log(task, cursor.offset(), PIECE);
            cursor.take(piece).forEach(spec.commandLine().getOut()::println);
            spec.commandLine().getOut().flush();
            boolean more = piece.bytes().length == PIECE;
            if (cursor.complete() || (!follow && !more)) {
                return ExitCode.OK;
            }
            if (!more) {
                Thread.sleep(500);
            }
        }
    }
}

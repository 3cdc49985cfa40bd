package dev.slipway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.client.follow.CleanText;
import dev.slipway.client.wire.Json;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command speaks: progress on standard error, the result on standard output. */
public final class Output {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print the result as JSON; progress stays on standard error.")
    private boolean json;

    /** One line of progress; foreign text is cleaned. */
    public void say(String line) {
        PrintWriter err = spec().commandLine().getErr();
        err.println(CleanText.line(line));
        err.flush();
    }

    /** A line of the result for people; nothing when JSON was asked for. */
    public void result(String line) {
        if (!json) {
            out().println(CleanText.line(line));
            out().flush();
        }
    }

    void result(Table table) {
        if (!json) {
            table.print(out());
        }
    }

    /** The result as JSON, when that was asked for. */
    public void json(Object value) {
        if (!json) {
            return;
        }
        try {
            out().println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
            out().flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer of the companion cannot be written as JSON", e);
        }
    }

    private PrintWriter out() {
        return spec().commandLine().getOut();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("used outside a command");
        }
        return spec;
    }
}

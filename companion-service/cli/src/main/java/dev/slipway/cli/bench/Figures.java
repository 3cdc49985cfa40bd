package dev.slipway.cli.bench;

import dev.slipway.cli.ExitCode;
import dev.slipway.cli.Output;
import java.util.ArrayList;
import java.util.List;

/** The figures of a run, each printed as soon as it is known. */
final class Figures {
    /** A figure as the JSON result shows it. */
    record Figure(String name, double value, String goal, boolean reached) {}

    private final Output output;
    private final List<Figure> figures = new ArrayList<>();

    Figures(Output output) {
        this.output = output;
    }

    void add(String name, double value, Goal goal) {
        double rounded = Math.round(value * 1000) / 1000.0;
        figures.add(new Figure(name, rounded, goal.toString(), goal.isReachedBy(rounded)));
        output.result("RATIO " + name + " " + Goal.plain(rounded) + " " + goal);
    }

    /** The exit code of the run. */
    int finish() {
        output.json(figures);
        List<String> missed = figures.stream()
                .filter(figure -> !figure.reached())
                .map(Figure::name)
                .toList();
        if (missed.isEmpty()) {
            return ExitCode.OK;
        }
        output.say("missed: " + String.join(", ", missed));
        return ExitCode.FAILED;
    }
}

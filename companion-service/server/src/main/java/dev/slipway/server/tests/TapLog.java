package dev.slipway.server.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the Test Anything Protocol, version 12 to 14 without subtests. */
final class TapLog {
    private static final Pattern PLAN = Pattern.compile("1\\.\\.\\d+\\s*(#.*)?");
    private static final Pattern POINT = Pattern.compile(
            "(?<not>not )?ok\\b\\s*(?<number>\\d+)?\\s*(?:- )?(?<name>.*?)\\s*(?<directive>#\\s*(?i:skip|todo)\\b.*)?");

    private TapLog() {}

    /** @param status {@code passed}, {@code failed}, {@code skipped} or {@code todo} */
    record Point(String name, String status, String output) {}

    /** The test points, or nothing when the text is not TAP: that takes a plan line and a test line. */
    static Optional<List<Point>> read(String text) {
        boolean planned = false;
        List<Point> points = new ArrayList<>();
        StringBuilder output = new StringBuilder();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (PLAN.matcher(line).matches()) {
                planned = true;
                continue;
            }
            Matcher point = POINT.matcher(line);
            if (point.matches()) {
                flush(points, output);
                points.add(new Point(name(point, points.size() + 1), status(point), ""));
            } else if (line.startsWith("#") && !points.isEmpty()) {
                output.append(line.substring(1).strip()).append('\n');
            }
        }
        flush(points, output);
        return planned && !points.isEmpty() ? Optional.of(points) : Optional.empty();
    }

    private static void flush(List<Point> points, StringBuilder output) {
        if (!points.isEmpty() && !output.isEmpty()) {
            Point last = points.remove(points.size() - 1);
            points.add(new Point(last.name(), last.status(), output.toString()));
        }
        output.setLength(0);
    }

    private static String name(Matcher point, int position) {
        String name = point.group("name");
        return name.isEmpty() ? "test " + position : name;
    }

    private static String status(Matcher point) {
        String directive = point.group("directive");
        if (directive == null) {
            return point.group("not") == null ? "passed" : "failed";
        }
        return directive.toLowerCase(Locale.ROOT).contains("skip") ? "skipped" : "todo";
    }
}

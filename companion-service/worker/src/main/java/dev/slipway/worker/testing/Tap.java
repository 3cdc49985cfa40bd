package dev.slipway.worker.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Understands the Test Anything Protocol (testanything.org, versions 12 to 14; subtests are left to their parent's verdict).
 * Fed line by line.
 */
final class Tap {
    private static final Pattern VERSION = Pattern.compile("TAP version \\d+");
    private static final Pattern PLAN = Pattern.compile("1\\.\\.(\\d{1,6})(?:\\s*#\\s*(?i:skip)\\S*\\s*(.*))?");
    private static final Pattern POINT =
            Pattern.compile("(not )?ok\\b\\s*(\\d*)\\s*-?\\s*([^#]*)(?:#\\s*(\\w+)\\s*(.*))?");
    private static final Pattern BAIL = Pattern.compile("Bail out!\\s*(.*)");
    private static final int MOST = 2000;

    /** @param status one of the four of a test case */
    record Point(String name, String status) {}

    private final List<Point> points = new ArrayList<>();
    private boolean started;
    private boolean foreign;
    private int planned = -1;
    private boolean skippedAll;
    private @Nullable String bailed;

    void line(String line) {
        Matcher plan = PLAN.matcher(line);
        Matcher point = POINT.matcher(line);
        Matcher bail = BAIL.matcher(line);
        if (!started && !line.isBlank() && !line.startsWith("#")) {
            started = true;
            foreign = !(VERSION.matcher(line).matches() || plan.matches() || point.matches());
        }
        if (foreign) {
            return;
        }
        if (plan.matches()) {
            planned = Integer.parseInt(plan.group(1));
            skippedAll = planned == 0;
        } else if (bail.matches()) {
            bailed = bail.group(1).isBlank() ? "bailed out" : bail.group(1);
        } else if (point.matches() && points.size() < MOST) {
            points.add(point(point));
        }
    }

    /** Whether the output was of this protocol. */
    boolean spoken() {
        return started && !foreign && (planned >= 0 || !points.isEmpty());
    }

    /** Each test point, and one more for what is wrong with them as a whole. */
    List<Point> points() {
        List<Point> all = new ArrayList<>(points);
        if (bailed != null) {
            all.add(new Point("bail out: " + bailed, "error"));
        } else if (planned >= 0 && planned != points.size() && points.size() < MOST) {
            all.add(new Point("plan: " + planned + " tests announced, " + points.size() + " run", "failed"));
        } else if (skippedAll) {
            all.add(new Point("all", "skipped"));
        }
        return all;
    }

    private Point point(Matcher matcher) {
        String number = matcher.group(2).isEmpty() ? Integer.toString(points.size() + 1) : matcher.group(2);
        String name =
                matcher.group(3).isBlank() ? "test " + number : matcher.group(3).trim();
        String directive = matcher.group(4) == null ? "" : matcher.group(4).toLowerCase(java.util.Locale.ROOT);
        if (directive.startsWith("skip") || directive.equals("todo")) {
            return new Point(name, "skipped");
        }
        return new Point(name, matcher.group(1) == null ? "passed" : "failed");
    }
}

package dev.slipway.worker.testing;

import dev.slipway.worker.tools.LogSink;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds failed scriptlets in the output of a package manager, which ends well all the same: dnf says "Complete!" and exits
 * with 0 whatever a %post did.
 */
final class ScriptletWatch extends LineSink {
    private static final Pattern FAILED = Pattern.compile(
            "%\\w+\\(.*\\) scriptlet failed|Error in \\w+ scriptlet|script subprocess (?:returned error|failed)"
                    + "|error processing package \\S+");
    private static final int MOST = 20;

    private final List<String> failures = new ArrayList<>();

    ScriptletWatch(LogSink sink) {
        super(sink);
    }

    @Override
    void seen(String line) {
        if (FAILED.matcher(line).find() && failures.size() < MOST) {
            failures.add(line.trim());
        }
    }

    /** The lines that tell of failures. */
    List<String> failures() {
        return List.copyOf(failures);
    }
}

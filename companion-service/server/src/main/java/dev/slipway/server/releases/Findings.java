package dev.slipway.server.releases;

import dev.slipway.api.releases.ReleaseCheck;
import java.util.ArrayList;
import java.util.List;

/** Collects what checks found. Not safe for use by several threads. */
final class Findings {
    static final String GREEN = "green";
    static final String YELLOW = "yellow";
    static final String RED = "red";
    static final String FORCED = "forced";

    private final List<ReleaseCheck> found = new ArrayList<>();

    void green(Planned about, String check, String message) {
        add(about, check, GREEN, false, message);
    }

    void yellow(Planned about, String check, String message) {
        add(about, check, YELLOW, false, message);
    }

    /** Blocks the commit whatever its force says. */
    void red(Planned about, String check, String message) {
        add(about, check, RED, false, message);
    }

    /** Blocks the commit unless the package is forced. */
    void redUnlessForced(Planned about, String check, String message) {
        var force = about.force();
        add(
                about,
                check,
                force == null ? RED : FORCED,
                true,
                force == null ? message : message + " (forced: " + force + ")");
    }

    List<ReleaseCheck> all() {
        return List.copyOf(found);
    }

    private void add(Planned about, String check, String state, boolean forceable, String message) {
        var candidate = about.candidate();
        found.add(new ReleaseCheck(candidate.id(), candidate.nevra(), check, state, forceable, message));
    }
}

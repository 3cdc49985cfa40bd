package io.jenkins.plugins.slipway.runs;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** How a state looks: always a symbol of its own and a word, so that nobody depends on its colour. */
@Restricted(NoExternalUse.class)
public enum StateMark {
    WAITING("symbol-hourglass"),
    RUNNING("symbol-timer"),
    SUCCEEDED("symbol-status-blue"),
    UNSTABLE("symbol-status-yellow"),
    FAILED("symbol-status-red"),
    ERROR("symbol-error"),
    STOPPED("symbol-status-aborted"),
    UNKNOWN("symbol-warning");

    private static final Map<String, StateMark> WORDS = Map.ofEntries(
            Map.entry("blocked", WAITING),
            Map.entry("ready", WAITING),
            Map.entry("idle", WAITING),
            Map.entry("created", WAITING),
            Map.entry("wait", WAITING),
            Map.entry("scheduled", WAITING),
            Map.entry("planned", WAITING),
            Map.entry("running", RUNNING),
            Map.entry("started", RUNNING),
            Map.entry("cancelling", RUNNING),
            Map.entry("generating", RUNNING),
            Map.entry("in_progress", RUNNING),
            Map.entry("succeeded", SUCCEEDED),
            Map.entry("completed", SUCCEEDED),
            Map.entry("done", SUCCEEDED),
            Map.entry("unstable", UNSTABLE),
            Map.entry("failed", FAILED),
            Map.entry("error", ERROR),
            Map.entry("cancelled", STOPPED),
            Map.entry("excluded", STOPPED),
            Map.entry("removed", STOPPED),
            Map.entry("reverted", STOPPED));

    private final String icon;

    StateMark(String icon) {
        this.icon = icon;
    }

    /** The mark of a companion's word. */
    @NonNull
    static StateMark of(@NonNull String state) {
        return WORDS.getOrDefault(state, UNKNOWN);
    }

    /** A symbol that Jenkins itself brings. */
    @NonNull
    public String getIcon() {
        return icon;
    }
}

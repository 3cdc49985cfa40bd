package io.jenkins.plugins.slipway.runs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * One remote thing that a run had to do with, as it was when last heard of. Entries never change once made, so that
 * pages and the store can read them at any time; a newer one takes the place of the one with the same key.
 */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class)
public abstract class Entry {
    private final String server;
    private final String id;
    private final String url;
    private final String state;
    private final String message;

    /**
     * @param server the id under which the companion is configured
     * @param id of the thing on that companion
     * @param url a page about it, if there is one
     * @param state the companion's word
     * @param message one line about the state, if there is something to say
     */
    Entry(
            @NonNull String server,
            @NonNull String id,
            @CheckForNull String url,
            @CheckForNull String state,
            @CheckForNull String message) {
        this.server = Plain.text(server);
        this.id = Plain.text(id);
        this.url = Plain.link(url);
        this.state = Plain.text(state);
        this.message = Plain.text(message);
    }

    /** A copy, for a subclass that keeps less of the same thing. */
    Entry(@NonNull Entry same) {
        this.server = same.server;
        this.id = same.id;
        this.url = same.url;
        this.state = same.state;
        this.message = same.message;
    }

    @Exported
    @NonNull
    public String getServer() {
        return server;
    }

    @Exported
    @NonNull
    public String getId() {
        return id;
    }

    @Exported
    @CheckForNull
    public String getUrl() {
        return url;
    }

    @Exported
    @NonNull
    public String getState() {
        return state;
    }

    @Exported
    @NonNull
    public String getMessage() {
        return message;
    }

    /** How the state looks. */
    @NonNull
    public StateMark getMark() {
        return StateMark.of(state);
    }

    /** Equal for two entries about the same thing. */
    @NonNull
    String key() {
        return server + ' ' + id;
    }
}

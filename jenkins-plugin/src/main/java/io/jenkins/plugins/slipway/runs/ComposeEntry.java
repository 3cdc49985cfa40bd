package io.jenkins.plugins.slipway.runs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Date;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;

/** A temporary repository. Its page is the repository. */
@Restricted(NoExternalUse.class)
public final class ComposeEntry extends Entry {
    private final boolean reused;
    private final int packages;
    private final long expiresMillis;

    /**
     * @param reused whether an equal one was there already
     * @param expiresMillis when it ends, in milliseconds of the epoch; 0 for unknown
     */
    public ComposeEntry(
            @NonNull String server,
            @NonNull String id,
            @CheckForNull String url,
            @CheckForNull String state,
            @CheckForNull String message,
            boolean reused,
            int packages,
            long expiresMillis) {
        super(server, id, url, state, message);
        this.reused = reused;
        this.packages = packages;
        this.expiresMillis = expiresMillis;
    }

    @Exported
    public boolean isReused() {
        return reused;
    }

    @Exported
    public int getPackages() {
        return packages;
    }

    @Exported
    @CheckForNull
    public Date getExpires() {
        return expiresMillis == 0 ? null : new Date(expiresMillis);
    }
}

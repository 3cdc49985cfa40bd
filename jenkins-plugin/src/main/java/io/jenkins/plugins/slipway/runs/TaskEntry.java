package io.jenkins.plugins.slipway.runs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;

/** A task of a build: one source for one platform and architecture. Its page is its log. */
@Restricted(NoExternalUse.class)
public final class TaskEntry extends Entry {
    private final String source;
    private final String platform;
    private final String arch;

    public TaskEntry(
            @NonNull String server,
            @NonNull String id,
            @CheckForNull String url,
            @CheckForNull String state,
            @CheckForNull String message,
            @NonNull String source,
            @NonNull String platform,
            @NonNull String arch) {
        super(server, id, url, state, message);
        this.source = Plain.text(source);
        this.platform = Plain.text(platform);
        this.arch = Plain.text(arch);
    }

    @Exported
    @NonNull
    public String getSource() {
        return source;
    }

    @Exported
    @NonNull
    public String getPlatform() {
        return platform;
    }

    @Exported
    @NonNull
    public String getArch() {
        return arch;
    }
}

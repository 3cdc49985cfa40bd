package io.jenkins.plugins.slipway.runs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;

/** That the packages of a build are signed with a key. */
@Restricted(NoExternalUse.class)
public final class SignatureEntry extends Entry {
    private final String buildId;
    private final String keyName;
    private final String fingerprint;
    private final int packages;

    /** @param fingerprint of the public key, in hex */
    public SignatureEntry(
            @NonNull String server,
            @NonNull String id,
            @CheckForNull String url,
            @CheckForNull String state,
            @CheckForNull String message,
            @NonNull String buildId,
            @NonNull String keyName,
            @CheckForNull String fingerprint,
            int packages) {
        super(server, id, url, state, message);
        this.buildId = Plain.text(buildId);
        this.keyName = Plain.text(keyName);
        this.fingerprint = Plain.text(fingerprint);
        this.packages = packages;
    }

    @Exported
    @NonNull
    public String getBuildId() {
        return buildId;
    }

    @Exported
    @NonNull
    public String getKeyName() {
        return keyName;
    }

    @Exported
    @NonNull
    public String getFingerprint() {
        return fingerprint;
    }

    /** How many packages have an accepted signature. */
    @Exported
    public int getPackages() {
        return packages;
    }
}

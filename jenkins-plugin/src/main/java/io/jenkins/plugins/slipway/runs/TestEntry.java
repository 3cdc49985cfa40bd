package io.jenkins.plugins.slipway.runs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;

/** The tests of one build's packages on one platform and architecture. */
@Restricted(NoExternalUse.class)
public final class TestEntry extends Entry implements Lined<TestEntry> {
    private static final int MOST_FAILURES = 100;

    private final String buildId;
    private final String platform;
    private final String arch;
    private final int passed;
    private final int failed;
    private final int skipped;
    private final ArrayList<String> failures;

    /** @param failures the names of the cases that failed */
    public TestEntry(
            @NonNull String server,
            @NonNull String id,
            @CheckForNull String url,
            @CheckForNull String state,
            @CheckForNull String message,
            @NonNull String buildId,
            @NonNull String platform,
            @NonNull String arch,
            int passed,
            int skipped,
            @NonNull List<String> failures) {
        super(server, id, url, state, message);
        this.buildId = Plain.text(buildId);
        this.platform = Plain.text(platform);
        this.arch = Plain.text(arch);
        this.passed = passed;
        this.failed = failures.size();
        this.skipped = skipped;
        this.failures = Plain.first(failures.stream().map(Plain::text).toList(), MOST_FAILURES);
    }

    private TestEntry(TestEntry whole, int most) {
        super(whole);
        this.buildId = whole.buildId;
        this.platform = whole.platform;
        this.arch = whole.arch;
        this.passed = whole.passed;
        this.failed = whole.failed;
        this.skipped = whole.skipped;
        this.failures = Plain.first(whole.getFailures(), most);
    }

    @Override
    public int lines() {
        return getFailures().size();
    }

    @Override
    @NonNull
    public TestEntry shortened(int most) {
        return new TestEntry(this, most);
    }

    @Exported
    @NonNull
    public String getBuildId() {
        return buildId;
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

    @Exported
    public int getPassed() {
        return passed;
    }

    @Exported
    public int getFailed() {
        return failed;
    }

    @Exported
    public int getSkipped() {
        return skipped;
    }

    @Exported
    @NonNull
    public List<String> getFailures() {
        return Plain.view(failures);
    }
}

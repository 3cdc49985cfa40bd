package io.jenkins.plugins.slipway.runs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;

/** A release and its plan. */
@Restricted(NoExternalUse.class)
public final class ReleaseEntry extends Entry implements Lined<ReleaseEntry> {
    private static final int MOST_LINES = 1000;

    private final String platform;
    private final String distribution;
    private final boolean dryRun;
    private final ArrayList<PlanLine> plan;
    private final int planned;
    private final ArrayList<String> objections;

    /** @param objections what the checks found, one line each; empty when all are green */
    public ReleaseEntry(
            @NonNull String server,
            @NonNull String id,
            @CheckForNull String url,
            @CheckForNull String state,
            @CheckForNull String message,
            @NonNull String platform,
            @NonNull String distribution,
            boolean dryRun,
            @NonNull List<PlanLine> plan,
            @NonNull List<String> objections) {
        super(server, id, url, state, message);
        this.platform = Plain.text(platform);
        this.distribution = Plain.text(distribution);
        this.dryRun = dryRun;
        this.plan = Plain.first(plan, MOST_LINES);
        this.planned = plan.size();
        this.objections = Plain.first(objections.stream().map(Plain::text).toList(), MOST_LINES);
    }

    private ReleaseEntry(ReleaseEntry whole, int most) {
        super(whole);
        this.platform = whole.platform;
        this.distribution = whole.distribution;
        this.dryRun = whole.dryRun;
        this.objections = Plain.first(whole.getObjections(), most);
        this.plan = Plain.first(whole.getPlan(), most - objections.size());
        this.planned = whole.planned;
    }

    @Override
    public int lines() {
        return getPlan().size() + getObjections().size();
    }

    @Override
    @NonNull
    public ReleaseEntry shortened(int most) {
        return new ReleaseEntry(this, most);
    }

    @Exported
    @NonNull
    public String getPlatform() {
        return platform;
    }

    @Exported
    @NonNull
    public String getDistribution() {
        return distribution;
    }

    @Exported
    public boolean isDryRun() {
        return dryRun;
    }

    @Exported(inline = true)
    @NonNull
    public List<PlanLine> getPlan() {
        return Plain.view(plan);
    }

    /** How many packages the plan holds, which may be more than are kept here. */
    @Exported
    public int getPlanned() {
        return planned;
    }

    /** How many packages of the plan are not kept here. */
    public int getOmitted() {
        return planned - getPlan().size();
    }

    @Exported
    @NonNull
    public List<String> getObjections() {
        return Plain.view(objections);
    }
}

package io.jenkins.plugins.slipway.runs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What the steps of one run did, kept with the run. It is a copy: showing it calls nobody. Lists are replaced, never
 * changed, so that the run can be stored and shown while steps in parallel add to it. It is bounded, since it is written
 * with the run again after each change: of each kind the newest entries are kept, and of their lines, such as the tasks of
 * builds, so many together.
 */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class)
public final class SlipwayRunAction implements RunAction2, StaplerProxy {
    static final int MOST_ENTRIES = 200;
    static final int MOST_LINES = 2000;

    private volatile ArrayList<BuildEntry> builds = new ArrayList<>();
    private volatile ArrayList<TestEntry> tests = new ArrayList<>();
    private volatile ArrayList<SignatureEntry> signatures = new ArrayList<>();
    private volatile ArrayList<ComposeEntry> composes = new ArrayList<>();
    private volatile ArrayList<ReleaseEntry> releases = new ArrayList<>();
    private volatile boolean shortened;

    private transient volatile Run<?, ?> run;

    /** Changes what is kept with this run, and stores it. Blocks on the disk. */
    public static void update(@NonNull Run<?, ?> run, @NonNull Consumer<SlipwayRunAction> change) throws IOException {
        SlipwayRunAction action;
        synchronized (SlipwayRunAction.class) {
            action = run.getAction(SlipwayRunAction.class);
            if (action == null) {
                action = new SlipwayRunAction();
                run.addAction(action);
            }
        }
        change.accept(action);
        run.save();
    }

    public synchronized void put(@NonNull BuildEntry build) {
        builds = bounded(with(builds, build));
    }

    public synchronized void put(@NonNull TestEntry test) {
        tests = bounded(with(tests, test));
    }

    public synchronized void put(@NonNull SignatureEntry signature) {
        signatures = with(signatures, signature);
    }

    public synchronized void put(@NonNull ComposeEntry compose) {
        composes = with(composes, compose);
    }

    public synchronized void put(@NonNull ReleaseEntry release) {
        releases = bounded(with(releases, release));
    }

    private <T extends Entry> ArrayList<T> with(@CheckForNull List<T> present, T entry) {
        ArrayList<T> next = present == null ? new ArrayList<>() : new ArrayList<>(present);
        for (int i = 0; i < next.size(); i++) {
            if (next.get(i).key().equals(entry.key())) {
                next.set(i, entry);
                return next;
            }
        }
        next.add(entry);
        if (next.size() > MOST_ENTRIES) {
            next.remove(0);
            shortened = true;
        }
        return next;
    }

    private static <T extends Entry & Lined<T>> ArrayList<T> bounded(ArrayList<T> entries) {
        int room = MOST_LINES;
        for (int i = entries.size() - 1; i >= 0; i--) {
            T entry = entries.get(i);
            if (entry.lines() > room) {
                entry = entry.shortened(room);
                entries.set(i, entry);
            }
            room -= entry.lines();
        }
        return entries;
    }

    /** Whether the run did more things than are kept here. */
    @Exported
    public boolean isShortened() {
        return shortened && mayRead();
    }

    @Exported(inline = true)
    @NonNull
    public List<BuildEntry> getBuilds() {
        return shown(builds);
    }

    @Exported(inline = true)
    @NonNull
    public List<TestEntry> getTests() {
        return shown(tests);
    }

    @Exported(inline = true)
    @NonNull
    public List<SignatureEntry> getSignatures() {
        return shown(signatures);
    }

    @Exported(inline = true)
    @NonNull
    public List<ComposeEntry> getComposes() {
        return shown(composes);
    }

    @Exported(inline = true)
    @NonNull
    public List<ReleaseEntry> getReleases() {
        return shown(releases);
    }

    private <T> List<T> shown(List<T> entries) {
        return mayRead() ? Plain.view(entries) : List.of();
    }

    private boolean mayRead() {
        Run<?, ?> of = run;
        return of != null && of.hasPermission(Item.READ);
    }

    /** The row on the run's page. */
    @NonNull
    public List<String> getHeadlines() {
        List<String> lines = new ArrayList<>();
        getBuilds().forEach(b -> lines.add(Messages.SlipwayRunAction_build(b.getId(), b.getState())));
        getTests()
                .forEach(t -> lines.add(
                        Messages.SlipwayRunAction_test(t.getBuildId(), t.getPlatform(), t.getArch(), t.getState())));
        getSignatures()
                .forEach(s ->
                        lines.add(Messages.SlipwayRunAction_signature(s.getBuildId(), s.getKeyName(), s.getState())));
        getComposes().forEach(c -> lines.add(Messages.SlipwayRunAction_compose(c.getId(), c.getState())));
        getReleases().forEach(r -> lines.add(Messages.SlipwayRunAction_release(r.getId(), r.getState())));
        return lines;
    }

    /** The run that this belongs to. */
    public Run<?, ?> getRun() {
        return run;
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public Object getTarget() {
        run.checkPermission(Item.READ);
        return this;
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
    }

    @Override
    @CheckForNull
    public String getIconFileName() {
        return mayRead() ? "symbol-cube" : null;
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.SlipwayRunAction_displayName();
    }

    @Override
    @NonNull
    public String getUrlName() {
        return "slipway";
    }
}

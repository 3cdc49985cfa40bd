package io.jenkins.plugins.slipway.runs;

import edu.umd.cs.findbugs.annotations.NonNull;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Where one package of a release goes. */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class)
public final class PlanLine {
    private final String packageName;
    private final String repositories;

    /** @param repositories their names, separated by commas */
    public PlanLine(@NonNull String packageName, @NonNull String repositories) {
        this.packageName = Plain.text(packageName);
        this.repositories = Plain.text(repositories);
    }

    @Exported
    @NonNull
    public String getPackageName() {
        return packageName;
    }

    @Exported
    @NonNull
    public String getRepositories() {
        return repositories;
    }
}

package dev.slipway.server.builds;

import dev.slipway.api.tasks.ReportedArtifact;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.server.ingest.PackageFile;
import dev.slipway.server.ingest.PackageRefusedException;
import dev.slipway.server.ingest.Packages;
import dev.slipway.server.ingest.StoredPackage;
import dev.slipway.server.tasks.RefusedContentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes in the packages that a report brings, and holds them against what the task was to make. */
final class BuildIntake {
    private static final Set<String> PACKAGE_TYPES = Set.of("rpm", "src_rpm", "deb", "dsc");

    private final Packages packages;

    BuildIntake(Packages packages) {
        this.packages = packages;
    }

    /** The packages of a report that says that the build went well. */
    List<StoredPackage> take(BuildTaskRow task, TaskReport report) {
        List<PackageFile> files = report.artifacts().stream()
                .map(artifact -> new PackageFile(artifact.name(), artifact.sha256(), artifact.size()))
                .toList();
        List<StoredPackage> taken = new ArrayList<>();
        for (ReportedArtifact artifact : report.artifacts()) {
            if (PACKAGE_TYPES.contains(artifact.type())) {
                taken.add(take(new PackageFile(artifact.name(), artifact.sha256(), artifact.size()), files));
            }
        }
        taken.forEach(each -> checkFits(task, each));
        if (report.outcome().equals("succeeded")) {
            checkComplete(task, taken);
        }
        return taken;
    }

    private StoredPackage take(PackageFile file, List<PackageFile> siblings) {
        try {
            return packages.ingest(file, siblings);
        } catch (PackageRefusedException e) {
            throw new RefusedContentException(e.code(), String.valueOf(e.getMessage()));
        }
    }

    private static void checkFits(BuildTaskRow task, StoredPackage made) {
        if (!made.format().equals(task.format())) {
            throw new RefusedContentException(
                    "FORMAT",
                    made.fileName() + " is no package for " + task.platform() + ", which has " + task.format());
        }
        boolean fits = made.isSource()
                || !task.isSourceStep() && (made.isIndependent() || made.arch().equals(task.arch()));
        if (!fits) {
            throw new RefusedContentException(
                    "ARCHITECTURE",
                    made.fileName() + " is for " + made.arch() + ", but the task was for " + task.arch());
        }
    }

    private static void checkComplete(BuildTaskRow task, List<StoredPackage> made) {
        long sources = made.stream().filter(StoredPackage::isSource).count();
        if (task.isSourceStep() && sources != 1) {
            throw new RefusedContentException(
                    "NO_PACKAGES", "a source task makes one source package, this one reported " + sources);
        }
        if (!task.isSourceStep() && sources == made.size()) {
            throw new RefusedContentException(
                    "NO_PACKAGES", "the build said that it succeeded but brought no packages");
        }
    }
}

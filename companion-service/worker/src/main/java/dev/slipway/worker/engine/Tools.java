package dev.slipway.worker.engine;

import dev.slipway.worker.jobs.PackageFormat;
import java.util.List;

/** Which of the host's tools jobs run. */
final class Tools {
    private static final List<String> RPM =
            List.of("git", "mmdebstrap", "bash", "rpm", "rpmbuild", "rpm2cpio", "dnf", "dpkg-query");
    private static final List<String> DEB =
            List.of("git", "mmdebstrap", "dpkg-source", "dpkg-query", "xz", "bzip2", "zstd");

    private Tools() {}

    static List<String> of(PackageFormat format) {
        return format == PackageFormat.RPM ? RPM : DEB;
    }
}

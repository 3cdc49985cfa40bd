package dev.slipway.packages.rpm;

import org.jspecify.annotations.Nullable;

/**
 * The identity of an RPM package.
 *
 * @param epoch the epoch, or null when the package has none; for comparing, none is 0
 * @param arch {@code src} or {@code nosrc} for source packages, whatever machine they were made on
 */
public record Nevra(String name, @Nullable Integer epoch, String version, String release, String arch) {
    /** The version to compare by. */
    public RpmVersion evr() {
        return new RpmVersion(epoch == null ? 0 : epoch, version, release);
    }

    /** Whether this is a source package. */
    public boolean isSource() {
        return arch.equals("src") || arch.equals("nosrc");
    }

    /** The file name that rpmbuild gives the package: {@code name-version-release.arch.rpm}, without the epoch. */
    public String fileName() {
        return name + "-" + version + "-" + release + "." + arch + ".rpm";
    }

    /** {@code name-[epoch:]version-release.arch}; an epoch of 0 is left out as rpm does for none. */
    @Override
    public String toString() {
        return name + "-" + (epoch == null || epoch == 0 ? "" : epoch + ":") + version + "-" + release + "." + arch;
    }
}

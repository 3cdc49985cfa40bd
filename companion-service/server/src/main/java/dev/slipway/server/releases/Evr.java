package dev.slipway.server.releases;

import dev.slipway.packages.deb.DebVersion;
import dev.slipway.packages.rpm.RpmVersion;
import org.jspecify.annotations.Nullable;

/**
 * A version as its package format orders it. Versions of different formats have no order.
 *
 * @param release of a Debian package the revision; null where {@code version} holds it
 */
record Evr(
        String format,
        @Nullable Integer epoch,
        String version,
        @Nullable String release) implements Comparable<Evr> {

    String text() {
        String plain = release == null ? version : version + "-" + release;
        return epoch == null || epoch == 0 ? plain : epoch + ":" + plain;
    }

    @Override
    public int compareTo(Evr other) {
        if (!format.equals(other.format)) {
            throw new IllegalArgumentException("a " + format + " version has no order with a " + other.format + " one");
        }
        return format.equals("deb")
                ? DebVersion.parse(text()).compareTo(DebVersion.parse(other.text()))
                : rpm().compareTo(other.rpm());
    }

    private RpmVersion rpm() {
        return new RpmVersion(epoch == null ? 0 : epoch, version, release);
    }
}

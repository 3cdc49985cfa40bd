package dev.slipway.packages.rpmmd;

import dev.slipway.packages.rpm.RpmPackage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * One package's parts of the three metadata files, ready to be put between head and tail; each is one {@code package}
 * element and ends with a line end. UTF-8.
 *
 * <p>The arrays are not copied: they are not to be changed.
 */
public final class RpmFragments {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final String PKGID = "<package pkgid=\"";

    private final byte[] primary;
    private final byte[] filelists;
    private final byte[] other;

    private RpmFragments(byte[] primary, byte[] filelists, byte[] other) {
        this.primary = primary;
        this.filelists = filelists;
        this.other = other;
    }

    /**
     * Where and how a package's file is served.
     *
     * @param sha256 hexadecimal SHA-256 of the file: the package's id in the metadata
     * @param size bytes of the file
     * @param time the file's time, seconds since 1970
     * @param href its place relative to the repository's root
     */
    public record Served(String sha256, long size, long time, String href) {
        public Served {
            if (!SHA256.matcher(sha256).matches()) {
                throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal: " + sha256);
            }
        }
    }

    /** Makes the fragments of a package from its header. */
    public static RpmFragments of(RpmPackage read, Served served) {
        return new RpmFragments(
                PrimaryFragment.of(read, served),
                ListFragments.filelists(read, served.sha256()),
                ListFragments.other(read, served.sha256()));
    }

    /** Fragments that were made before and kept. */
    public static RpmFragments ofStored(byte[] primary, byte[] filelists, byte[] other) {
        return new RpmFragments(primary, filelists, other);
    }

    /**
     * The fragments of the same package after its signature header was replaced: id, size, time, place and header range
     * change and nothing else, so that the header need not be read again. These fragments must be ones of this class.
     */
    public RpmFragments resigned(Served served, long headerStart, long headerEnd) {
        StringBuilder text = new StringBuilder(new String(primary, StandardCharsets.UTF_8));
        replace(text, PrimaryFragment.CHECKSUM, "<", served.sha256());
        replaceElement(text, PrimaryFragment.time(served, timeOfBuild(text)));
        replace(text, PrimaryFragment.SIZE, "\"", Long.toString(served.size()));
        replaceElement(text, PrimaryFragment.location(served));
        replaceElement(text, PrimaryFragment.headerRange(headerStart, headerEnd));
        return new RpmFragments(
                text.toString().getBytes(StandardCharsets.UTF_8),
                withId(filelists, served.sha256()),
                withId(other, served.sha256()));
    }

    /** The part of one file. */
    public byte[] of(RpmMetadata file) {
        return switch (file) {
            case PRIMARY -> primary;
            case FILELISTS -> filelists;
            case OTHER -> other;
        };
    }

    public byte[] primary() {
        return primary;
    }

    public byte[] filelists() {
        return filelists;
    }

    public byte[] other() {
        return other;
    }

    private static long timeOfBuild(StringBuilder text) {
        int from = after(text, "<time file=\"");
        int build = text.indexOf("build=\"", from) + "build=\"".length();
        return Long.parseLong(text.substring(build, text.indexOf("\"", build)));
    }

    /** Replaces the empty element of the same name; text cannot be mistaken for it, since its markup is escaped. */
    private static void replaceElement(StringBuilder text, String element) {
        String start = element.substring(0, element.indexOf(' ') + 1);
        int from = after(text, start) - start.length();
        text.replace(from, text.indexOf("/>", from) + 2, element);
    }

    private static void replace(StringBuilder text, String before, String behind, String value) {
        int from = after(text, before);
        text.replace(from, text.indexOf(behind, from), value);
    }

    private static int after(StringBuilder text, String start) {
        int at = text.indexOf(start);
        if (at < 0) {
            throw new IllegalArgumentException("not a primary fragment of this class: no " + start);
        }
        return at + start.length();
    }

    private static byte[] withId(byte[] fragment, String sha256) {
        byte[] start = PKGID.getBytes(StandardCharsets.US_ASCII);
        if (fragment.length < start.length + sha256.length()
                || !Arrays.equals(fragment, 0, start.length, start, 0, start.length)) {
            throw new IllegalArgumentException("not a fragment of this class: no " + PKGID);
        }
        byte[] copy = fragment.clone();
        byte[] id = sha256.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(id, 0, copy, start.length, id.length);
        return copy;
    }
}

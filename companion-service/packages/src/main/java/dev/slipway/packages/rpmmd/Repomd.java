package dev.slipway.packages.rpmmd;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes {@code repomd.xml}, the index of a repository's metadata files. Equal input gives equal bytes. */
public final class Repomd {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.-]+");

    private Repomd() {}

    /**
     * One metadata file.
     *
     * @param type {@code primary}, {@code filelists}, {@code other}, {@code updateinfo}, {@code modules}, {@code group}
     *     …; clients ignore types they do not know
     * @param href its place relative to the repository's root
     * @param sha256 of the file as served
     * @param size bytes of the file as served
     * @param openSha256 of the uncompressed content; null when it is not compressed, or not known
     * @param openSize bytes of the uncompressed content, or null
     * @param timestamp seconds since 1970; fixed by the publication, for the same content to give the same bytes
     */
    public record Data(
            String type,
            String href,
            String sha256,
            long size,
            @Nullable String openSha256,
            @Nullable Long openSize,
            long timestamp) {
        public Data {
            // a client that meets a malformed checksum refuses the whole repository
            if (!SHA256.matcher(sha256).matches()
                    || (openSha256 != null && !SHA256.matcher(openSha256).matches())) {
                throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal for " + type);
            }
            if (!TYPE.matcher(type).matches()) {
                throw new IllegalArgumentException("not a metadata type: " + type);
            }
        }

        /** The name that metadata files have: it holds their checksum, so that they never change. */
        public static String href(String sha256, String baseName) {
            return "repodata/" + sha256 + "-" + baseName;
        }
    }

    /**
     * The file's content, UTF-8.
     *
     * @param revision what clients compare to tell newer from older, by habit seconds since 1970
     */
    public static byte[] write(String revision, List<Data> files) {
        Xml xml = new Xml();
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .raw("<repomd xmlns=\"http://linux.duke.edu/metadata/repo\""
                        + " xmlns:rpm=\"http://linux.duke.edu/metadata/rpm\">\n")
                .element("  ", "revision", revision);
        for (Data file : files) {
            xml.raw("  <data").attribute("type", file.type).raw(">\n");
            xml.raw("    <checksum type=\"sha256\">" + file.sha256 + "</checksum>\n");
            if (file.openSha256 != null) {
                xml.raw("    <open-checksum type=\"sha256\">" + file.openSha256 + "</open-checksum>\n");
            }
            xml.raw("    <location").attribute("href", file.href).raw("/>\n");
            xml.element("    ", "timestamp", Long.toString(file.timestamp));
            xml.element("    ", "size", Long.toString(file.size));
            if (file.openSize != null) {
                xml.element("    ", "open-size", Long.toString(file.openSize));
            }
            xml.raw("  </data>\n");
        }
        return xml.raw("</repomd>\n").bytes();
    }
}

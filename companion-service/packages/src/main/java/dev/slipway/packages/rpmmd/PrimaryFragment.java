package dev.slipway.packages.rpmmd;

import dev.slipway.packages.rpm.Nevra;
import dev.slipway.packages.rpm.RpmDependency;
import dev.slipway.packages.rpm.RpmFile;
import dev.slipway.packages.rpm.RpmPackage;
import dev.slipway.packages.rpm.RpmVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The element of one package in {@code primary.xml}. */
final class PrimaryFragment {
    static final String CHECKSUM = "<checksum type=\"sha256\" pkgid=\"YES\">";
    static final String SIZE = "<size package=\"";

    private static final List<RpmDependency.Kind> ORDER = List.of(
            RpmDependency.Kind.PROVIDES,
            RpmDependency.Kind.REQUIRES,
            RpmDependency.Kind.CONFLICTS,
            RpmDependency.Kind.OBSOLETES,
            RpmDependency.Kind.SUGGESTS,
            RpmDependency.Kind.ENHANCES,
            RpmDependency.Kind.RECOMMENDS,
            RpmDependency.Kind.SUPPLEMENTS);

    private PrimaryFragment() {}

    static byte[] of(RpmPackage read, RpmFragments.Served served) {
        RpmPackage.About about = read.about();
        Xml xml = new Xml();
        xml.raw("<package type=\"rpm\">\n");
        xml.element("  ", "name", read.nevra().name());
        xml.element("  ", "arch", arch(read.nevra()));
        xml.raw("  ");
        version(xml, read.nevra());
        xml.raw("  " + CHECKSUM + served.sha256() + "</checksum>\n");
        xml.element("  ", "summary", about.summary());
        xml.element("  ", "description", about.description());
        xml.element("  ", "packager", about.packager());
        xml.element("  ", "url", about.url());
        xml.raw("  " + time(served, about.buildTime()) + "\n");
        xml.raw("  " + SIZE + served.size() + "\" installed=\"" + read.installedSize() + "\" archive=\""
                + read.archiveSize() + "\"/>\n");
        xml.raw("  " + location(served) + "\n");
        xml.raw("  <format>\n");
        xml.element("    ", "rpm:license", about.license());
        xml.element("    ", "rpm:vendor", about.vendor());
        xml.element("    ", "rpm:group", about.group());
        xml.element("    ", "rpm:buildhost", about.buildHost());
        xml.element("    ", "rpm:sourcerpm", about.sourceRpm());
        xml.raw("    " + headerRange(read.headerStart(), read.headerEnd()) + "\n");
        for (RpmDependency.Kind kind : ORDER) {
            dependencies(xml, read, kind);
        }
        for (RpmFile file : read.files()) {
            if (isPrimary(file.path())) {
                file(xml, "    ", file);
            }
        }
        return xml.raw("  </format>\n</package>\n").bytes();
    }

    static String time(RpmFragments.Served served, long build) {
        return "<time file=\"" + served.time() + "\" build=\"" + build + "\"/>";
    }

    static String location(RpmFragments.Served served) {
        Xml xml = new Xml().raw("<location").attribute("href", served.href()).raw("/>");
        return new String(xml.bytes(), StandardCharsets.UTF_8);
    }

    static String headerRange(long start, long end) {
        return "<rpm:header-range start=\"" + start + "\" end=\"" + end + "\"/>";
    }

    /** Source packages are {@code src} in metadata, also those that lack a source. */
    static String arch(Nevra nevra) {
        return nevra.isSource() ? "src" : nevra.arch();
    }

    static void version(Xml xml, Nevra nevra) {
        xml.raw("<version")
                .attribute("epoch", Integer.toString(nevra.epoch() == null ? 0 : nevra.epoch()))
                .attribute("ver", nevra.version())
                .attribute("rel", nevra.release())
                .raw("/>\n");
    }

    static void file(Xml xml, String indent, RpmFile file) {
        String type = file.type() == RpmFile.Type.DIRECTORY ? "dir" : file.ghost() ? "ghost" : null;
        xml.raw(indent + "<file")
                .attribute("type", type)
                .raw(">")
                .text(file.path())
                .raw("</file>\n");
    }

    /** The files that solvers look at without loading all file lists. */
    static boolean isPrimary(String path) {
        return path.startsWith("/etc/") || path.contains("bin/") || path.equals("/usr/lib/sendmail");
    }

    private static void dependencies(Xml xml, RpmPackage read, RpmDependency.Kind kind) {
        List<RpmDependency> all =
                kind == RpmDependency.Kind.REQUIRES ? RequiresFilter.apply(read) : read.dependencies(kind);
        if (all.isEmpty()) {
            return;
        }
        String element = "rpm:" + kind.name().toLowerCase(Locale.ROOT);
        xml.raw("    <" + element + ">\n");
        for (RpmDependency dependency : all) {
            Optional<RpmVersion> version = dependency.version();
            RpmDependency.Comparison comparison = dependency.comparison();
            xml.raw("      <rpm:entry")
                    .attribute("name", dependency.name())
                    .attribute("flags", comparison == null ? null : comparison.name())
                    .attribute(
                            "epoch", version.map(v -> Long.toString(v.epoch())).orElse(null))
                    .attribute("ver", version.map(RpmVersion::version).orElse(null))
                    .attribute("rel", version.map(RpmVersion::release).orElse(null))
                    .attribute("pre", kind == RpmDependency.Kind.REQUIRES && dependency.pre() ? "1" : null)
                    .raw("/>\n");
        }
        xml.raw("    </" + element + ">\n");
    }
}

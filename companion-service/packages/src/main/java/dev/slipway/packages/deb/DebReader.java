package dev.slipway.packages.deb;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;
import dev.slipway.packages.elf.ArchitectureCheck;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads binary packages in one pass over the file: control fields, file list, digests, and whether the programs inside
 * fit the architecture that is claimed. Immutable and safe for use by several threads.
 */
public final class DebReader {

    private static final int BUFFER = 1 << 16;

    private final DebLimits limits;

    public DebReader(DebLimits limits) {
        this.limits = limits;
    }

    /** Reads with the limits that fit the Debian archive. */
    public static DebPackage read(Path file) throws IOException {
        return new DebReader(DebLimits.DEFAULT).readFile(file);
    }

    /**
     * Reads the whole file.
     *
     * @throws PackageFormatException when it is no package that dpkg would install, or one that lies or means harm
     * @throws IOException when reading fails
     */
    public DebPackage readFile(Path file) throws IOException {
        var fileSize = Files.size(file);
        try (var in = new DigestingInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            try {
                return new Run(new ArReader(in, fileSize)).read(in);
            } catch (PackageFormatException e) {
                var failure = in.failure();
                throw failure == null ? e : failure;
            }
        }
    }

    /** The state of reading one file. */
    private final class Run {
        private final ArReader ar;
        private final Set<String> controlMembers = new LinkedHashSet<>();
        private final List<String> conffiles = new ArrayList<>();
        private final List<DebFile> files = new ArrayList<>();
        private @Nullable DebControl control;

        Run(ArReader ar) {
            this.ar = ar;
        }

        DebPackage read(DigestingInputStream in) throws IOException {
            checkFormat(ar.next());
            var controlMember = member("control.tar");
            readControlArchive(controlMember);
            var found = control;
            if (found == null) {
                throw new PackageFormatException(Reason.MALFORMED, "the control archive has no control file");
            }
            readDataArchive(member("data.tar"), found.architecture());
            checkRest();
            return found.toPackage(files, conffiles, controlMembers, in.finish());
        }

        private void checkFormat(ArReader.@Nullable Member first) throws IOException {
            if (first == null || !first.name().equals("debian-binary") || first.size() > 100) {
                throw new PackageFormatException(
                        Reason.NOT_A_PACKAGE, "not a Debian package: its first member is not 'debian-binary'");
            }
            var version = new String(first.content().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!version.startsWith("2.") || version.indexOf('\n') < 0) {
                throw new PackageFormatException(
                        Reason.UNSUPPORTED, "the package has format '" + version.strip() + "' instead of 2.x");
            }
        }

        /** The next member, which must be the one named; members with an underscore may come between (deb(5)). */
        private ArReader.Member member(String name) throws IOException {
            for (var next = ar.next(); next != null; next = ar.next()) {
                if (next.name().startsWith(name)) {
                    return next;
                }
                if (!next.name().startsWith("_")) {
                    throw new PackageFormatException(
                            Reason.MALFORMED, "the member '" + next.name() + "' stands where '" + name + "' should be");
                }
            }
            throw new PackageFormatException(Reason.TRUNCATED, "the package has no member '" + name + "'");
        }

        /** Readers differ in which of two members they take: one could be shown and the other installed. */
        private void checkRest() throws IOException {
            for (var next = ar.next(); next != null; next = ar.next()) {
                if (next.name().startsWith("control.tar") || next.name().startsWith("data.tar")) {
                    throw new PackageFormatException(
                            Reason.MALFORMED, "the package has a second member '" + next.name() + "'");
                }
            }
        }

        private void readControlArchive(ArReader.Member member) throws IOException {
            try (var tar = tar(member, "control.tar", limits.controlArchiveBytes())) {
                for (var entry = tar.next(); entry != null; entry = tar.next()) {
                    var path = EntryPath.of(entry.name(), "the control archive");
                    if (!path.isEmpty()) {
                        readControlMember(path.substring(1), tar);
                    }
                }
            }
        }

        private void readControlMember(String name, TarReader tar) throws IOException {
            if (!controlMembers.add(name)) {
                throw new PackageFormatException(Reason.MALFORMED, "the control archive has '" + name + "' twice");
            }
            if (name.equals("control")) {
                control = DebControl.parse(tar.readAll(limits.controlBytes(), name));
            } else if (name.equals("conffiles")) {
                addConffiles(tar.readAll(limits.controlBytes(), name));
            }
        }

        private void addConffiles(byte[] text) {
            for (var line : new String(text, StandardCharsets.UTF_8).split("\n", -1)) {
                var path = line.substring(Math.max(0, line.indexOf('/'))).strip();
                if (!path.isEmpty()) {
                    conffiles.add(path);
                }
            }
        }

        private void readDataArchive(ArReader.Member member, String architecture) throws IOException {
            var check = new ArchitectureCheck(architecture);
            try (var tar = tar(member, "data.tar", limits.unpacked(member.size()))) {
                readFiles(tar, check);
            }
            var foreign = check.foreign();
            if (!foreign.isEmpty()) {
                throw new PackageFormatException(
                        Reason.ARCHITECTURE,
                        "the package claims architecture " + architecture + ", but "
                                + foreign.get(0).path()
                                + " is made for " + foreign.get(0).machine()
                                + (foreign.size() > 1 ? ", and others too" : ""));
            }
        }

        private void readFiles(TarReader tar, ArchitectureCheck check) throws IOException {
            var head = new byte[ArchitectureCheck.HEAD_LENGTH];
            for (var entry = tar.next(); entry != null; entry = tar.next()) {
                var path = EntryPath.of(entry.name(), "the package");
                if (path.isEmpty()) {
                    continue;
                }
                files.add(
                        new DebFile(path, entry.type(), entry.mode(), entry.size(), entry.modifiedAt(), entry.link()));
                if (entry.type() == DebFile.Type.FILE) {
                    check.file(path, head, readHead(tar, head));
                }
            }
        }

        private TarReader tar(ArReader.Member member, String name, long limit) throws IOException {
            var unpacked = Unpacking.open(member, member.name().substring(name.length()), limit);
            return new TarReader(unpacked, "the archive '" + member.name() + "'", limits);
        }

        private static int readHead(TarReader tar, byte[] head) throws IOException {
            var length = 0;
            for (int n; length < head.length && (n = tar.read(head, length, head.length - length)) > 0; ) {
                length += n;
            }
            return length;
        }
    }
}

package dev.slipway.packages.rpm;

import static dev.slipway.packages.PackageFormatException.Reason.MALFORMED;
import static dev.slipway.packages.PackageFormatException.Reason.UNSUPPORTED;

import dev.slipway.packages.MessageDigests;
import dev.slipway.packages.PackageFormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads RPM packages of format 4 and 6, in one pass and with bounded memory: about the size of the header, whatever the
 * payload's.
 *
 * <p>All methods may be used by several threads.
 */
public final class RpmReader {
    private static final int BUFFER = 1 << 16;

    private RpmReader() {}

    /**
     * Reads and checks a whole package: structure, digests and sizes of header and payload, the payload's files against
     * the header's, paths, and binaries against the claimed architecture.
     *
     * @throws PackageFormatException saying what is wrong with the file
     */
    public static RpmPackage read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        }
    }

    /** As {@link #read(Path)}; reads the stream to its end and leaves it open. */
    public static RpmPackage read(InputStream in) throws IOException {
        return read(in, RpmLimits.DEFAULT);
    }

    /** As {@link #read(InputStream)}, with limits of one's own. */
    public static RpmPackage read(InputStream in, RpmLimits limits) throws IOException {
        return read(in, limits, true);
    }

    /** Reads and checks the headers alone, for packages whose payload was checked before. */
    public static RpmPackage readHeaders(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return readHeaders(in);
        }
    }

    /** As {@link #readHeaders(Path)}; the stream stays open, at a place that is not defined. */
    public static RpmPackage readHeaders(InputStream in) throws IOException {
        return read(in, RpmLimits.DEFAULT, false);
    }

    private static RpmPackage read(InputStream in, RpmLimits limits, boolean withPayload) throws IOException {
        InputStream buffered = new BufferedInputStream(in, BUFFER);
        RpmHeaders headers = RpmHeaders.read(buffered, limits);
        RpmHeader main = headers.main();
        RpmHeader signature = headers.signature();
        Nevra nevra = nevra(main);
        RpmFiles files = RpmFiles.of(main, nevra.isSource(), limits);
        RpmPayload payload = payload(main);
        Long archive = signature.number(Tag.SIG_LONGARCHIVESIZE, Tag.SIG_PAYLOADSIZE);
        if (archive == null) {
            archive = main.number(Tag.PAYLOADSIZEALT, Tag.ARCHIVESIZE);
        }
        RpmPackage read = new RpmPackage(
                format(main),
                nevra,
                about(main),
                orZero(main.number(Tag.LONGSIZE, Tag.SIZE)),
                orZero(archive),
                payload,
                dependencies(main),
                Collections.unmodifiableList(files),
                changelog(main),
                headers.start(),
                headers.end(),
                Digests.hex(MessageDigests.sha256().digest(main.bytes())),
                signatures(signature));
        if (withPayload) {
            new PayloadCheck(headers, payload, files, nevra, orZero(archive), limits).run(buffered);
        }
        return read;
    }

    private static int format(RpmHeader main) throws PackageFormatException {
        Long format = main.number(Tag.RPMFORMAT);
        if (format == null) {
            return 4;
        }
        if (format != 4 && format != 6) {
            throw new PackageFormatException(UNSUPPORTED, "a package of RPM format " + format + " cannot be read");
        }
        return format.intValue();
    }

    private static Nevra nevra(RpmHeader main) throws PackageFormatException {
        Long epoch = main.number(Tag.EPOCH);
        if (epoch != null && epoch > Integer.MAX_VALUE) {
            throw new PackageFormatException(MALFORMED, "the package's epoch " + epoch + " is too large");
        }
        // rpm's own rule: what does not come from a source package is one
        boolean source = !main.has(Tag.SOURCERPM);
        boolean incomplete = main.has(Tag.NOSOURCE) || main.has(Tag.NOPATCH);
        String arch = source ? incomplete ? "nosrc" : "src" : main.required(Tag.ARCH, "architecture");
        return new Nevra(
                plain(main.required(Tag.NAME, "name"), "name"),
                epoch == null ? null : Integer.valueOf(epoch.intValue()),
                plain(main.required(Tag.VERSION, "version"), "version"),
                plain(main.required(Tag.RELEASE, "release"), "release"),
                plain(arch, "architecture"));
    }

    /** The parts of an identity become file names, paths and lines: nothing in them may leave its place. */
    private static String plain(String part, String name) throws PackageFormatException {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c <= ' ' || c == '/' || c == 0x7f) {
                throw new PackageFormatException(
                        MALFORMED, "the package's " + name + " \"" + part + "\" holds a character that is not allowed");
            }
        }
        if (part.startsWith(".") && name.equals("name")) {
            throw new PackageFormatException(MALFORMED, "the package's name \"" + part + "\" begins with a dot");
        }
        return part;
    }

    private static RpmPackage.About about(RpmHeader main) throws PackageFormatException {
        return new RpmPackage.About(
                main.string(Tag.SUMMARY),
                main.string(Tag.DESCRIPTION),
                main.string(Tag.LICENSE),
                main.string(Tag.VENDOR),
                main.string(Tag.PACKAGER),
                main.string(Tag.URL),
                main.string(Tag.GROUP),
                main.string(Tag.BUILDHOST),
                orZero(main.number(Tag.BUILDTIME)),
                main.string(Tag.SOURCERPM));
    }

    private static RpmPayload payload(RpmHeader main) throws PackageFormatException {
        String compressor = main.string(Tag.PAYLOADCOMPRESSOR);
        String digest = main.string(Tag.PAYLOADDIGEST);
        return new RpmPayload(
                compressor == null ? "none" : compressor,
                main.string(Tag.PAYLOADFLAGS),
                digest == null ? null : digest.toLowerCase(Locale.ROOT));
    }

    private static Map<RpmDependency.Kind, List<RpmDependency>> dependencies(RpmHeader main)
            throws PackageFormatException {
        Map<RpmDependency.Kind, List<RpmDependency>> all = new EnumMap<>(RpmDependency.Kind.class);
        for (RpmDependency.Kind kind : RpmDependency.Kind.values()) {
            List<String> names = main.strings(kind.nameTag);
            List<String> versions = main.strings(kind.versionTag);
            long[] flags = main.numbers(kind.flagsTag);
            if (versions.size() != names.size() || flags.length != names.size()) {
                throw new PackageFormatException(
                        MALFORMED,
                        "the header's " + kind.name().toLowerCase(Locale.ROOT) + " are incomplete: " + names.size()
                                + " names, " + flags.length + " flags, " + versions.size() + " versions");
            }
            List<RpmDependency> list = new ArrayList<>(names.size());
            for (int i = 0; i < names.size(); i++) {
                list.add(new RpmDependency(names.get(i), (int) flags[i], versions.get(i)));
            }
            all.put(kind, Collections.unmodifiableList(list));
        }
        return all;
    }

    private static List<RpmChangelogEntry> changelog(RpmHeader main) throws PackageFormatException {
        long[] times = main.numbers(Tag.CHANGELOGTIME);
        List<String> authors = main.strings(Tag.CHANGELOGNAME);
        List<String> texts = main.strings(Tag.CHANGELOGTEXT);
        if (authors.size() != times.length || texts.size() != times.length) {
            throw new PackageFormatException(MALFORMED, "the header's changelog is incomplete");
        }
        List<RpmChangelogEntry> entries = new ArrayList<>(times.length);
        for (int i = 0; i < times.length; i++) {
            entries.add(new RpmChangelogEntry(times[i], authors.get(i), texts.get(i)));
        }
        return Collections.unmodifiableList(entries);
    }

    private static RpmSignatureHeader signatures(RpmHeader signature) throws PackageFormatException {
        List<RpmHeaderSignature> overHeader = new ArrayList<>();
        add(overHeader, signature.binary(Tag.SIG_RSA));
        add(overHeader, signature.binary(Tag.SIG_DSA));
        for (String encoded : signature.strings(Tag.SIG_OPENPGP)) {
            try {
                add(overHeader, Base64.getMimeDecoder().decode(encoded));
            } catch (IllegalArgumentException e) {
                throw new PackageFormatException(MALFORMED, "the signature header holds damaged base64", e);
            }
        }
        List<RpmHeaderSignature> legacy = new ArrayList<>();
        add(legacy, signature.binary(Tag.SIG_PGP));
        add(legacy, signature.binary(Tag.SIG_GPG));
        return new RpmSignatureHeader(
                Collections.unmodifiableSet(new TreeSet<>(signature.entries().keySet())),
                List.copyOf(overHeader),
                List.copyOf(legacy));
    }

    private static void add(List<RpmHeaderSignature> list, byte @Nullable [] packet) throws PackageFormatException {
        if (packet == null) {
            return;
        }
        try {
            RpmHeaderSignature found = RpmHeaderSignature.of(packet);
            if (!list.contains(found)) {
                list.add(found);
            }
        } catch (IllegalArgumentException e) {
            throw new PackageFormatException(MALFORMED, "the signature header: " + e.getMessage(), e);
        }
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }
}

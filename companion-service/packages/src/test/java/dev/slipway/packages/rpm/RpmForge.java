package dev.slipway.packages.rpm;

import dev.slipway.packages.MessageDigests;
import dev.slipway.packages.fixtures.Command;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes packages that rpmbuild would not make: takes a real one apart, changes it, and puts it together with digests and
 * sizes that are right, so that a reader finds nothing wrong but the change.
 */
final class RpmForge {
    private static final int LEAD = 96;

    private final byte[] lead;
    private final RpmHeaderWriter main = new RpmHeaderWriter();
    private byte[] archive;
    private int format = 4;

    private RpmForge(Path rpm) {
        try {
            byte[] all = Files.readAllBytes(rpm);
            RpmHeaders headers = RpmHeaders.read(new ByteArrayInputStream(all), RpmLimits.DEFAULT);
            lead = headers.lead();
            for (RpmHeader.Entry entry : headers.main().entries().values()) {
                if (entry.tag() != Tag.REGION_IMMUTABLE) {
                    main.copy(headers.main(), entry);
                }
            }
            archive = Command.of("rpm2cpio", rpm).run().stdout();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RpmForge of(Path rpm) {
        return new RpmForge(rpm);
    }

    RpmForge text(int tag, String value) {
        byte[] data = (value + '\0').getBytes(StandardCharsets.UTF_8);
        main.put(tag, RpmHeader.STRING, 1, data);
        return this;
    }

    RpmForge texts(int tag, String... values) {
        List<byte[]> all = new ArrayList<>();
        for (String value : values) {
            all.add(value.getBytes(StandardCharsets.UTF_8));
        }
        main.strings(tag, all);
        return this;
    }

    RpmForge numbers(int tag, int... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * 4);
        for (int value : values) {
            data.putInt(value);
        }
        main.put(tag, RpmHeader.INT32, values.length, data.array());
        return this;
    }

    RpmForge longs(int tag, long... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * 8);
        for (long value : values) {
            data.putLong(value);
        }
        main.put(tag, RpmHeader.INT64, values.length, data.array());
        return this;
    }

    RpmForge raw(int tag, int type, int count, byte[] data) {
        main.put(tag, type, count, data);
        return this;
    }

    /** Replaces the archive, which is stored without compression. */
    RpmForge archive(byte[] cpio) {
        archive = cpio.clone();
        return this;
    }

    /** The archive of the original, for changing. */
    byte[] archive() {
        return archive.clone();
    }

    /** Makes a package of format 6: its tags, its signature header, its archive with stripped headers. */
    RpmForge format6() {
        format = 6;
        return numbers(Tag.RPMFORMAT, 6);
    }

    /** The package, with the archive stored as it is. */
    byte[] build() {
        return build("none");
    }

    /** The package, saying that its payload is compressed by something, which it is not. */
    byte[] build(String compressor) {
        text(Tag.PAYLOADCOMPRESSOR, compressor);
        texts(Tag.PAYLOADDIGEST, sha("SHA-256", archive));
        numbers(Tag.PAYLOADDIGESTALGO, 8);
        if (format == 6) {
            longs(Tag.PAYLOADSIZE, archive.length);
            longs(Tag.PAYLOADSIZEALT, archive.length);
        }
        return build(main.bytes(Tag.REGION_IMMUTABLE));
    }

    /** The package with these bytes for a main header, whatever they are, under a digest that is right. */
    byte[] build(byte[] header) {
        RpmHeaderWriter signature = new RpmHeaderWriter();
        put(signature, Tag.SIG_SHA256, sha("SHA-256", header));
        if (format == 6) {
            put(signature, Tag.SIG_SHA3_256, sha("SHA3-256", header));
            signature.binary(Tag.SIG_RESERVED, new byte[32]);
        } else {
            number(signature, Tag.SIG_SIZE, header.length + archive.length);
            number(signature, Tag.SIG_PAYLOADSIZE, archive.length);
        }
        return assemble(signature.bytes(Tag.REGION_SIGNATURES), header, archive);
    }

    private byte[] assemble(byte[] signature, byte[] header, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(lead, 0, LEAD);
        out.writeBytes(signature);
        out.writeBytes(new byte[RpmHeaders.padding(signature.length)]);
        out.writeBytes(header);
        out.writeBytes(payload);
        return out.toByteArray();
    }

    /** An archive in the making. */
    static final class Cpio {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Cpio member(String name, byte[] content) {
            byte[] path = name.getBytes(StandardCharsets.UTF_8);
            head(0100644, content.length, path.length + 1);
            out.writeBytes(path);
            out.write(0);
            pad();
            out.writeBytes(content);
            pad();
            return this;
        }

        Cpio stripped(int index, byte @Nullable [] content) {
            out.writeBytes(String.format("07070X%08x", index).getBytes(StandardCharsets.US_ASCII));
            pad();
            if (content != null) {
                out.writeBytes(content);
            }
            pad();
            return this;
        }

        byte[] end() {
            head(0, 0, 11);
            out.writeBytes("TRAILER!!!\0".getBytes(StandardCharsets.US_ASCII));
            pad();
            return out.toByteArray();
        }

        private void head(int mode, int size, int name) {
            int[] fields = {1, mode, 0, 0, 1, 0, size, 0, 0, 0, 0, name, 0};
            StringBuilder text = new StringBuilder("070701");
            for (int field : fields) {
                text.append(String.format("%08x", field));
            }
            out.writeBytes(text.toString().getBytes(StandardCharsets.US_ASCII));
        }

        private void pad() {
            out.writeBytes(new byte[-out.size() & 3]);
        }
    }

    private static void put(RpmHeaderWriter writer, int tag, String text) {
        byte[] data = (text + '\0').getBytes(StandardCharsets.US_ASCII);
        writer.put(tag, RpmHeader.STRING, 1, data);
    }

    private static void number(RpmHeaderWriter writer, int tag, int value) {
        writer.put(tag, RpmHeader.INT32, 1, ByteBuffer.allocate(4).putInt(value).array());
    }

    private static String sha(String algorithm, byte[] bytes) {
        return Digests.hex(MessageDigests.of(algorithm).digest(bytes));
    }
}

package dev.slipway.packages.deb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A .deb made byte by byte: a harmless package where nothing else is said. */
final class RawDeb {

    static final String CONTROL = """
            Package: raw
            Version: 1
            Architecture: all
            Maintainer: Slipway <packages@slipway.example>
            Description: raw
            """;

    private final ByteArrayOutputStream before = new ByteArrayOutputStream();
    private final ByteArrayOutputStream after = new ByteArrayOutputStream();
    private String format = "2.0\n";
    private byte[] control = RawTar.of().file("./control", CONTROL).bytes();
    private byte[] data = RawTar.of().file("./a", "x").bytes();
    private String controlEnding = "";
    private String dataEnding = "";

    RawDeb format(String text) {
        format = text;
        return this;
    }

    RawDeb control(String text) {
        return control("", RawTar.of().file("./control", text).bytes());
    }

    RawDeb control(String ending, byte[] archive) {
        controlEnding = ending;
        control = archive;
        return this;
    }

    RawDeb data(byte[] archive) {
        return data("", archive);
    }

    RawDeb data(String ending, byte[] archive) {
        dataEnding = ending;
        data = archive;
        return this;
    }

    /** A member before the control archive. */
    RawDeb before(String name, byte[] content) {
        before.writeBytes(member(name, content));
        return this;
    }

    /** A member behind the data archive. */
    RawDeb after(String name, byte[] content) {
        after.writeBytes(member(name, content));
        return this;
    }

    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        out.writeBytes("!<arch>\n".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(member("debian-binary", format.getBytes(StandardCharsets.US_ASCII)));
        out.writeBytes(before.toByteArray());
        out.writeBytes(member("control.tar" + controlEnding, control));
        out.writeBytes(member("data.tar" + dataEnding, data));
        out.writeBytes(after.toByteArray());
        return out.toByteArray();
    }

    Path write() {
        return write(bytes());
    }

    static Path write(byte[] bytes) {
        try {
            var file = Files.createTempFile("raw", ".deb");
            file.toFile().deleteOnExit();
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] member(String name, byte[] content) {
        return member(name, Integer.toString(content.length), content);
    }

    /** @param size as it is written in the header, whatever the content is */
    static byte[] member(String name, String size, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(String.format(Locale.ROOT, "%-16s%-12s%-6s%-6s%-8s%-10s`\n", name, "0", "0", "0", "100644", size)
                .getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(content);
        if (content.length % 2 == 1) {
            out.write('\n');
        }
        return out.toByteArray();
    }
}

package dev.slipway.packages.deb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A tar archive made byte by byte, so that it can say things that no tar program would write. */
final class RawTar {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static RawTar of() {
        return new RawTar();
    }

    RawTar file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    RawTar file(String name, byte[] content) {
        return entry(name, '0', Integer.toOctalString(content.length), "", content);
    }

    RawTar link(String name, char type, String target) {
        return entry(name, type, "0", target, new byte[0]);
    }

    /** @param size as it is written in the header, whatever the content is */
    RawTar entry(String name, char type, String size, String link, byte[] content) {
        out.writeBytes(header(name, type, size, link));
        out.writeBytes(content);
        out.writeBytes(new byte[(512 - content.length % 512) % 512]);
        return this;
    }

    byte[] bytes() {
        var end = new ByteArrayOutputStream();
        end.writeBytes(out.toByteArray());
        end.writeBytes(new byte[1024]);
        return end.toByteArray();
    }

    /** Without the blocks that end an archive. */
    byte[] unfinished() {
        return out.toByteArray();
    }

    private static byte[] header(String name, char type, String size, String link) {
        var header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, size);
        put(header, 136, "14524764740");
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar ");
        header[263] = ' ';
        var sum = 0;
        for (var b : header) {
            sum += b & 0xFF;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int offset, String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}

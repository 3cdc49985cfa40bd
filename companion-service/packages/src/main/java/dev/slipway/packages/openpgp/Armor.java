package dev.slipway.packages.openpgp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.ArmoredOutputStream;

/** ASCII armor (RFC 9580, 6.2): finds every block, so that nothing hides behind the first one. */
final class Armor {

    static final String PUBLIC_KEY = "PGP PUBLIC KEY BLOCK";
    static final String PRIVATE_KEY = "PGP PRIVATE KEY BLOCK";
    static final String SIGNATURE = "PGP SIGNATURE";

    private static final Pattern BEGIN = Pattern.compile("(?m)^-----BEGIN ([A-Z0-9 ,/]{1,60})-----[ \\t]*\\r?$");

    private Armor() {}

    /** One block; {@code content} is what the armor encodes. */
    static final class Block {
        final String type;
        final byte[] content;

        Block(String type, byte[] content) {
            this.type = type;
            this.content = content;
        }
    }

    /** Binary packets start with a byte whose highest bit is set; armor is text. */
    static boolean isBinary(byte[] bytes) {
        return bytes.length > 0 && bytes[0] < 0;
    }

    /** Decodes all blocks in the text, in their order; text around them is ignored. */
    static List<Block> read(byte[] text) throws IOException {
        var latin = new String(text, StandardCharsets.ISO_8859_1);
        var begin = BEGIN.matcher(latin);
        var blocks = new ArrayList<Block>();
        var from = 0;
        while (begin.find(from)) {
            var type = begin.group(1);
            var endLine = "-----END " + type + "-----";
            var end = latin.indexOf("\n" + endLine, begin.end());
            if (end < 0) {
                throw new IOException("the line '" + endLine + "' is missing: the text is cut off");
            }
            from = end + 1 + endLine.length();
            blocks.add(new Block(type, decode(text, begin.start(), from)));
        }
        return blocks;
    }

    private static byte[] decode(byte[] text, int start, int end) throws IOException {
        try (var in = new ArmoredInputStream(new ByteArrayInputStream(text, start, end - start))) {
            return in.readAllBytes();
        } catch (RuntimeException e) {
            throw new IOException("the armored text is damaged", e);
        }
    }

    /** Armors packets without the version and comment lines that make equal content differ. */
    static byte[] write(byte[] packets) {
        var bytes = new ByteArrayOutputStream(packets.length * 3 / 2 + 100);
        try (var armor = ArmoredOutputStream.builder().clearHeaders().build(bytes)) {
            armor.write(packets);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}

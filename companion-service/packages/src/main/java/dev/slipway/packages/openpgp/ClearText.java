package dev.slipway.packages.openpgp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The framing of clear-signed text (RFC 9580, 7): lines, dash escapes, and what of a line is signed. */
final class ClearText {

    static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
    /** gpg cuts longer lines when it verifies. */
    private static final int MAX_LINE = 19_000;

    private static final String BEGIN_SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final String END_SIGNATURE = "-----END PGP SIGNATURE-----";

    static final byte[] LINE_END = {0x0d, 0x0a};

    /** Where a line is: {@code length} bytes without the line feed, of which {@code signedLength} are signed. */
    record Line(int start, int length, int signedLength) {}

    /** A message taken apart. */
    static final class Message {
        /** What was signed, each line ended by a line feed. */
        final byte[] text;
        /** The armored block. */
        final byte[] signature;

        Message(byte[] text, byte[] signature) {
            this.text = text;
            this.signature = signature;
        }
    }

    private ClearText() {}

    static boolean begins(byte[] message) {
        var begin = BEGIN.getBytes(StandardCharsets.US_ASCII);
        return message.length >= begin.length && Arrays.equals(message, 0, begin.length, begin, 0, begin.length);
    }

    /** Lines end with a line feed; a last one without it counts too. */
    static List<Line> lines(byte[] text) {
        var lines = new ArrayList<Line>();
        for (var start = 0; start < text.length; ) {
            var end = start;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            lines.add(new Line(start, end - start, signedLength(text, start, end)));
            start = end + 1;
        }
        return lines;
    }

    /** Refuses what gpg would not read back as it was written. */
    static void requireSignable(byte[] text, Line line, int number) {
        if (line.length() > MAX_LINE) {
            throw new IllegalArgumentException(
                    "line " + number + " of the text to sign is longer than " + MAX_LINE + " bytes, gpg's limit");
        }
        for (var i = line.start(); i < line.start() + line.signedLength(); i++) {
            if (text[i] == '\r') {
                throw new IllegalArgumentException("line " + number
                        + " of the text to sign has a carriage return inside, which gpg reads differently");
            }
        }
    }

    private static int signedLength(byte[] text, int start, int end) {
        var last = end;
        while (last > start && (text[last - 1] == ' ' || text[last - 1] == '\t' || text[last - 1] == '\r')) {
            last--;
        }
        return last - start;
    }

    /**
     * Takes a message apart. Nothing may stand before or after it, since readers that skip foreign text can be made
     * to show what was never signed.
     */
    static Message parse(byte[] message) throws SignatureFormatException {
        var lines = lines(message);
        if (lines.isEmpty() || !is(message, lines.get(0), BEGIN)) {
            throw new SignatureFormatException("the text does not begin with '" + BEGIN + "'");
        }
        var i = 1;
        while (i < lines.size() && !isEmpty(message, lines.get(i))) {
            var header = text(message, lines.get(i));
            if (!header.startsWith("Hash: ")) {
                throw new SignatureFormatException("only Hash headers may stand before clear-signed text");
            }
            i++;
        }
        i++;
        var signed = new ByteArrayOutputStream(message.length);
        while (i < lines.size() && !is(message, lines.get(i), BEGIN_SIGNATURE)) {
            unescape(message, lines.get(i), signed);
            i++;
        }
        if (i >= lines.size()) {
            throw new SignatureFormatException("the line '" + BEGIN_SIGNATURE + "' is missing: the text is cut off");
        }
        var signatureStart = lines.get(i).start();
        while (i < lines.size() && !is(message, lines.get(i), END_SIGNATURE)) {
            i++;
        }
        if (i >= lines.size()) {
            throw new SignatureFormatException("the line '" + END_SIGNATURE + "' is missing: the text is cut off");
        }
        var last = lines.get(i);
        for (var after : lines.subList(i + 1, lines.size())) {
            if (after.signedLength() > 0) {
                throw new SignatureFormatException("text follows the signature");
            }
        }
        return new Message(
                signed.toByteArray(),
                Arrays.copyOfRange(
                        message, signatureStart, Math.min(message.length, last.start() + last.length() + 1)));
    }

    private static void unescape(byte[] message, Line line, ByteArrayOutputStream out) throws SignatureFormatException {
        var skip = 0;
        if (line.length() > 0 && message[line.start()] == '-') {
            if (line.length() < 2 || message[line.start() + 1] != ' ') {
                throw new SignatureFormatException("a line of the signed text begins with an unescaped dash");
            }
            skip = 2;
        }
        out.write(message, line.start() + skip, Math.max(0, line.signedLength() - skip));
        out.write('\n');
    }

    /** Blanks do not make an empty line here: readers disagree about them, so such a text is refused. */
    private static boolean isEmpty(byte[] message, Line line) {
        return line.length() == 0 || (line.length() == 1 && message[line.start()] == '\r');
    }

    private static boolean is(byte[] message, Line line, String expected) {
        return line.signedLength() == expected.length() && text(message, line).equals(expected);
    }

    private static String text(byte[] message, Line line) {
        return new String(message, line.start(), line.signedLength(), StandardCharsets.ISO_8859_1);
    }
}

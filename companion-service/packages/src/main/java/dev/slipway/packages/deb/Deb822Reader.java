package dev.slipway.packages.deb;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads control files paragraph by paragraph (deb822(5)), so that an index of any length needs the memory of its
 * largest paragraph. Lines that start with {@code #} are comments. Text is UTF-8; a paragraph that is not, is taken for
 * ISO-8859-1. Not safe for use by several threads.
 */
public final class Deb822Reader implements Closeable {

    /** Far beyond real paragraphs; the largest come from source packages with thousands of binaries. */
    public static final int MAX_STANZA_BYTES = 4 << 20;

    private static final int MAX_LINES = 200_000;

    private final InputStream in;
    private final String what;
    private final byte[] buffer = new byte[1 << 14];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private int position;
    private int limit;
    private int lineNumber;

    /** @param what names the file in messages */
    public Deb822Reader(InputStream in, String what) {
        this.in = in;
        this.what = what;
    }

    /** Reads the one paragraph that the bytes hold. */
    public static Stanza single(byte[] bytes, String what) throws PackageFormatException {
        var stanzas = all(bytes, what);
        if (stanzas.size() != 1) {
            throw new PackageFormatException(
                    Reason.MALFORMED, what + " holds " + stanzas.size() + " paragraphs instead of one");
        }
        return stanzas.get(0);
    }

    /** Reads all paragraphs that the bytes hold. */
    public static List<Stanza> all(byte[] bytes, String what) throws PackageFormatException {
        var stanzas = new ArrayList<Stanza>();
        try (var reader = new Deb822Reader(new ByteArrayInputStream(bytes), what)) {
            for (var stanza = reader.next(); stanza != null; stanza = reader.next()) {
                stanzas.add(stanza);
            }
            return stanzas;
        } catch (PackageFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /**
     * The next paragraph; null at the end.
     *
     * @throws PackageFormatException when the text is no control file; the message has the number of the line
     */
    public @Nullable Stanza next() throws IOException {
        var lines = paragraph();
        if (lines.isEmpty()) {
            return null;
        }
        var fields = new ArrayList<Stanza.Field>();
        var value = new StringBuilder();
        String name = null;
        for (var text : lines) {
            if (text.charAt(0) == ' ' || text.charAt(0) == '\t') {
                if (name == null) {
                    throw malformed("begins with a continuation line");
                }
                value.append('\n').append(text.stripTrailing());
                continue;
            }
            if (name != null) {
                fields.add(new Stanza.Field(name, value.toString()));
                value.setLength(0);
            }
            var colon = text.indexOf(':');
            name = name(text, colon);
            value.append(text.substring(colon + 1).strip());
        }
        if (name != null) {
            fields.add(new Stanza.Field(name, value.toString()));
        }
        try {
            return new Stanza(fields);
        } catch (IllegalArgumentException e) {
            throw malformed("says the same twice: " + e.getMessage());
        }
    }

    private String name(String text, int colon) throws PackageFormatException {
        if (colon <= 0) {
            throw malformed("has a line that is neither a field nor its continuation");
        }
        var name = text.substring(0, colon).stripTrailing();
        if (name.isEmpty() || name.charAt(0) == '-' || name.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f)) {
            throw malformed("has a field with a malformed name");
        }
        return name;
    }

    /** The lines of the next paragraph without comments, decoded; empty at the end. */
    private List<String> paragraph() throws IOException {
        var lines = new ArrayList<byte[]>();
        var bytes = 0;
        while (readLine()) {
            var raw = line.toByteArray();
            if (isBlank(raw)) {
                if (!lines.isEmpty()) {
                    break;
                }
                continue;
            }
            if (raw[0] == '#') {
                continue;
            }
            bytes += raw.length;
            if (bytes > MAX_STANZA_BYTES || lines.size() > MAX_LINES) {
                throw new PackageFormatException(
                        Reason.TOO_LARGE, what + " has a paragraph of more than " + MAX_STANZA_BYTES + " bytes");
            }
            lines.add(raw);
        }
        return decode(lines);
    }

    private static List<String> decode(List<byte[]> lines) {
        var decoded = new ArrayList<String>(lines.size());
        try {
            for (var raw : lines) {
                decoded.add(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(raw))
                        .toString());
            }
            return decoded;
        } catch (CharacterCodingException e) {
            return lines.stream()
                    .map(raw -> new String(raw, StandardCharsets.ISO_8859_1))
                    .toList();
        }
    }

    private boolean readLine() throws IOException {
        line.reset();
        while (true) {
            if (position == limit) {
                limit = in.read(buffer);
                position = 0;
                if (limit < 0) {
                    limit = 0;
                    lineNumber += line.size() > 0 ? 1 : 0;
                    return line.size() > 0;
                }
            }
            var start = position;
            while (position < limit && buffer[position] != '\n') {
                if (buffer[position] == 0) {
                    throw malformed("has a NUL character");
                }
                position++;
            }
            line.write(buffer, start, position - start);
            if (line.size() > MAX_STANZA_BYTES) {
                throw new PackageFormatException(
                        Reason.TOO_LARGE, what + " has a line of more than " + MAX_STANZA_BYTES + " bytes");
            }
            if (position < limit) {
                position++;
                lineNumber++;
                return true;
            }
        }
    }

    private static boolean isBlank(byte[] raw) {
        for (var b : raw) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private PackageFormatException malformed(String fault) {
        return new PackageFormatException(Reason.MALFORMED, what + " " + fault + " (near line " + lineNumber + ")");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

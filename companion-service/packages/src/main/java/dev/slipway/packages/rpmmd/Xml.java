package dev.slipway.packages.rpmmd;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes XML 1.0 as text: escaped, and without the characters that XML forbids. */
final class Xml {
    private final StringBuilder out = new StringBuilder(1024);

    /** Text that is markup already. */
    Xml raw(String markup) {
        out.append(markup);
        return this;
    }

    Xml text(String text) {
        return escaped(text, false);
    }

    /** {@code name="value"} after a blank; nothing for null. */
    Xml attribute(String name, @Nullable String value) {
        if (value != null) {
            out.append(' ').append(name).append("=\"");
            escaped(value, true);
            out.append('"');
        }
        return this;
    }

    /** A line with an element that holds text; an empty element for null. */
    Xml element(String indent, String name, @Nullable String text) {
        out.append(indent).append('<').append(name).append('>');
        text(text == null ? "" : text);
        out.append("</").append(name).append(">\n");
        return this;
    }

    byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Xml escaped(String text, boolean attribute) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append(attribute ? "&quot;" : "\"");
                case '\r' -> out.append("&#13;");
                case '\n', '\t' -> {
                    if (attribute) {
                        out.append("&#").append((int) c).append(';');
                    } else {
                        out.append(c);
                    }
                }
                default -> {
                    if (isAllowed(text, i)) {
                        out.append(c);
                    }
                }
            }
        }
        return this;
    }

    /** XML 1.0, production 2 ("Char"); halves of surrogate pairs only as pairs. */
    private static boolean isAllowed(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        }
        return c >= ' ' && c < 0xfffe;
    }
}

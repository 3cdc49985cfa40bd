package dev.slipway.client.follow;

import java.util.regex.Pattern;

/**
 * Foreign text made harmless for a terminal or a Jenkins console: escape sequences go, control characters other than
 * tab go, and with them the prefix by which a console note could be faked. What is no character at all, and so cannot be
 * stored by those who store XML, becomes the sign for that.
 */
public final class CleanText {
    private static final Pattern ESCAPES = Pattern.compile(
            "\u001B\\[[0-?]*[ -/]*[@-~]|\u001B\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|\u001B[ -/]*[0-~]");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\t]]|[\u202A-\u202E\u2066-\u2069]");

    /** Halves of characters and noncharacters; a whole one of two halves matches nothing here. */
    private static final Pattern NONE = Pattern.compile("[\\uFFFE\\uFFFF\\uD800-\\uDFFF]");

    private CleanText() {}

    /** One line, cleaned. */
    public static String line(String foreign) {
        if (isHarmless(foreign)) {
            return foreign;
        }
        String clean = CONTROLS.matcher(ESCAPES.matcher(foreign).replaceAll("")).replaceAll("");
        return NONE.matcher(clean).replaceAll("\uFFFD");
    }

    /** True for most of what there is, and for nothing that is taken out. */
    private static boolean isHarmless(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == '\u007F' || c >= '\u202A') {
                return false;
            }
        }
        return true;
    }
}

package dev.slipway.client.follow;

import java.util.regex.Pattern;

/**
 * Foreign text made harmless for a terminal or a Jenkins console: escape sequences go, control characters other than
 * tab go, and with them the prefix by which a console note could be faked.
 */
public final class CleanText {
    private static final Pattern ESCAPES = Pattern.compile(
            "\u001B\\[[0-?]*[ -/]*[@-~]|\u001B\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|\u001B[ -/]*[0-~]");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\t]]|[\u202A-\u202E\u2066-\u2069]");

    private CleanText() {}

    /** One line, cleaned. */
    public static String line(String foreign) {
        return CONTROLS.matcher(ESCAPES.matcher(foreign).replaceAll("")).replaceAll("");
    }
}

package dev.slipway.server.channels;

import dev.slipway.server.repositories.ContentHash;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The names repositories are served at below {@code /repos/}. */
public final class ChannelPath {

    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~-]*(/[A-Za-z0-9][A-Za-z0-9._+~-]*)*");
    private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9._+~-]");
    private static final int MAX_LENGTH = 400;

    private ChannelPath() {}

    /** True if the text can be a channel's path: segments that start with a letter or digit, at most 400 characters. */
    public static boolean isValid(String path) {
        return path.length() <= MAX_LENGTH && PATH.matcher(path).matches();
    }

    /**
     * A name as one segment of a path: itself where it can be, else with every character that cannot be replaced and a
     * short digest of the name behind, so that different names stay different.
     */
    public static String segment(String name) {
        if (name.indexOf('/') < 0 && isValid(name)) {
            return name;
        }
        String plain = FOREIGN.matcher(name).replaceAll("-");
        String digest = ContentHash.ofText(name).substring(0, 8);
        return (Character.isLetterOrDigit(plain.isEmpty() ? '-' : plain.charAt(0)) ? plain : "x" + plain) + "-"
                + digest;
    }

    /** Every path that could be the channel of this request path: its proper beginnings, the longest first. */
    static List<String> candidates(String requestPath) {
        List<String> beginnings = new ArrayList<>();
        for (int slash = requestPath.lastIndexOf('/'); slash > 0; slash = requestPath.lastIndexOf('/', slash - 1)) {
            beginnings.add(requestPath.substring(0, slash));
        }
        return beginnings;
    }
}

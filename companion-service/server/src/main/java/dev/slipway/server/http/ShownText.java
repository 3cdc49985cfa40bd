package dev.slipway.server.http;

import java.util.stream.Collectors;

/**
 * What an answer shows of texts that hold what a caller sent: long words and long texts cut with an ellipsis, and characters
 * that steer a terminal, turn the direction of writing or stand for nothing written as their number. A text that has none
 * of these is left as it is, and so is one that was shown before.
 */
final class ShownText {
    private static final int LONGEST_WORD = 160;
    private static final int LONGEST = 600;
    private static final String ELLIPSIS = "…";

    private ShownText() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), LONGEST));
        int room = LONGEST_WORD;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            String written = written(point);
            if (point == ' ') {
                room = LONGEST_WORD;
                shown.append(' ');
            } else if (room > written.length()) {
                room -= written.length();
                shown.append(written);
            } else if (room > 0) {
                room = 0;
                shown.append(ELLIPSIS);
            }
        }
        return shown.length() <= LONGEST ? shown.toString() : withoutMiddle(shown);
    }

    private static String written(int point) {
        if (isHarmless(point)) {
            return Character.toString(point);
        }
        return Character.toString(point)
                .chars()
                .mapToObj(unit -> String.format("\\u%04x", unit))
                .collect(Collectors.joining());
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** A sentence names the thing first and the remedy last; what is long stands between them. */
    private static String withoutMiddle(StringBuilder shown) {
        int half = (LONGEST - ELLIPSIS.length()) / 2;
        int end = Character.isHighSurrogate(shown.charAt(half - 1)) ? half - 1 : half;
        int tail = shown.length() - half;
        int start = Character.isLowSurrogate(shown.charAt(tail)) ? tail + 1 : tail;
        return shown.substring(0, end) + ELLIPSIS + shown.substring(start);
    }
}

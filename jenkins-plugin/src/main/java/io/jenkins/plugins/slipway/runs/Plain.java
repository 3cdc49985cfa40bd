package io.jenkins.plugins.slipway.runs;

import dev.slipway.client.follow.CleanText;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import okhttp3.HttpUrl;

/** Makes foreign values fit to be kept with a run: bounded, harmless as links, of types that Jenkins stores. */
final class Plain {
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_READ = 2 * LONGEST_TEXT;
    private static final int LONGEST_LINK = 2000;

    private Plain() {}

    /** Not null, not longer than anybody reads, and without the characters that a file of Jenkins cannot hold. */
    @NonNull
    static String text(@CheckForNull String foreign) {
        if (foreign == null) {
            return "";
        }
        String text = CleanText.line(foreign.substring(0, Math.min(foreign.length(), MOST_READ)));
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        int end = LONGEST_TEXT - 1;
        // Half of a character cannot be stored, and neither can the run that holds it.
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "\u2026";
    }

    /** An address that is safe to link to; null for any that is neither http nor https, or that no companion makes. */
    @CheckForNull
    static String link(@CheckForNull String url) {
        HttpUrl parsed = url == null || url.length() > LONGEST_LINK ? null : HttpUrl.parse(url);
        return parsed == null ? null : parsed.toString();
    }

    /** At most so many of them, in a list of a type that Jenkins stores. */
    @NonNull
    static <T> ArrayList<T> first(@NonNull Collection<? extends T> items, int most) {
        return new ArrayList<>(items.stream().limit(most).toList());
    }

    @NonNull
    static <T> List<T> view(@CheckForNull List<T> stored) {
        return stored == null ? List.of() : List.copyOf(stored);
    }
}

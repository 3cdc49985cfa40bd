package dev.slipway.client.steps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what pipelines and forms say. */
public final class Arguments {
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*([smhdw]?)");

    private Arguments() {}

    /** The text without the space around it; null when there is nothing else. */
    public static @Nullable String text(@Nullable String text) {
        String stripped = text == null ? "" : text.strip();
        return stripped.isEmpty() ? null : stripped;
    }

    /** The texts one by one: a form has one line for all of them, with commas or spaces between them. */
    public static List<String> split(@Nullable List<String> texts) {
        List<String> parts = new ArrayList<>();
        for (String text : Plain.orEmpty(texts)) {
            for (String part : text == null ? new String[0] : text.split("[\\s,]+", -1)) {
                if (!part.isEmpty()) {
                    parts.add(part);
                }
            }
        }
        return parts;
    }

    /**
     * The ids in a form's one line for all of them.
     *
     * @throws IllegalArgumentException when something else is there
     */
    public static List<Long> idsIn(String text) {
        List<Long> ids = new ArrayList<>();
        for (String word : split(List.of(text))) {
            if (!word.matches("[1-9]\\d{0,17}")) {
                throw new IllegalArgumentException(
                        "ids are numbers with commas between them, and " + word + " is none");
            }
            ids.add(Long.valueOf(word));
        }
        return ids;
    }

    /** Whether a path leads to a file below the directory that it starts from. */
    public static boolean leadsInside(String path) {
        return !path.startsWith("/")
                && !path.contains("\\")
                && !path.contains(":")
                && List.of(path.split("/", -1)).stream()
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    /** The lines one by one: a form has one field of several lines for all of them. */
    public static List<String> lines(@Nullable List<String> texts) {
        List<String> lines = new ArrayList<>();
        for (String text : Plain.orEmpty(texts)) {
            if (text != null) {
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(lines::add);
            }
        }
        return lines;
    }

    static List<String> texts(String name, @Nullable List<String> given) {
        List<String> texts = new ArrayList<>();
        for (String one : Plain.orEmpty(given)) {
            String text = text(one);
            if (text == null) {
                throw new IllegalArgumentException("one of the " + name + " is empty");
            }
            texts.add(text);
        }
        return texts;
    }

    static List<Long> ids(String name, @Nullable List<Long> given) {
        for (Long id : Plain.orEmpty(given)) {
            if (id == null || id < 1) {
                throw new IllegalArgumentException(name + " are ids, and " + id + " is none");
            }
        }
        return Plain.orEmpty(given);
    }

    static <T> @Nullable List<T> orNull(List<T> list) {
        return list.isEmpty() ? null : list;
    }

    /**
     * A length of time such as {@code 90m}, {@code 24h} or {@code 7d}; a number alone counts hours.
     *
     * @throws IllegalArgumentException when it is none
     */
    static @Nullable Duration time(String name, @Nullable String given) {
        String text = text(given);
        if (text == null) {
            return null;
        }
        Matcher matcher = TIME.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(name + " is a time such as '90m', '24h' or '7d', not '" + text + "'");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "d" -> Duration.ofDays(number);
            case "w" -> Duration.ofDays(7 * number);
            default -> Duration.ofHours(number);
        };
    }
}

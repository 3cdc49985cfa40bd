package dev.slipway.worker.roots;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a platform's data, read with errors that name the member: {@code root.suite is missing}. Every reader
 * throws IllegalArgumentException. Not thread-safe: it notes what was read.
 */
public final class Settings {
    private final String path;
    private final Map<?, ?> members;
    private final Set<String> read = new HashSet<>();

    /** @param path how the object is called in messages; empty for the outermost one */
    public Settings(String path, Map<?, ?> members) {
        this.path = path;
        this.members = members;
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    public String text(String name) {
        Object value = get(name);
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw error(name, value == null ? "is missing" : "is to be a text");
    }

    public String text(String name, Pattern form) {
        String text = text(name);
        if (!form.matcher(text).matches()) {
            throw error(name, "is not well-formed: \"" + text + "\"");
        }
        return text;
    }

    public String textOr(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    public @Nullable String textOrNull(String name, @Nullable Pattern form) {
        if (!has(name)) {
            read.add(name);
            return null;
        }
        return form == null ? text(name) : text(name, form);
    }

    public int number(String name, int otherwise, int least) {
        Object value = get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number && number.doubleValue() == number.intValue() && number.intValue() >= least) {
            return number.intValue();
        }
        throw error(name, "is to be a whole number from " + least);
    }

    public boolean flag(String name) {
        Object value = get(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw error(name, "is to be true or false");
    }

    public List<String> words(String name, Pattern form) {
        List<String> words = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof String word) || !form.matcher(word).matches()) {
                throw error(name, "holds what is not well-formed: \"" + element + "\"");
            }
            words.add(word);
        }
        return words;
    }

    /** The member itself an object; an empty one when it is missing. */
    public Settings object(String name) {
        Object value = get(name);
        if (value == null) {
            return new Settings(at(name), Map.of());
        }
        if (value instanceof Map<?, ?> map) {
            return new Settings(at(name), map);
        }
        throw error(name, "is to be an object");
    }

    public List<Settings> objects(String name) {
        List<Settings> objects = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof Map<?, ?> map)) {
                throw error(name, "is to be a list of objects");
            }
            objects.add(new Settings(at(name) + "[" + objects.size() + "]", map));
        }
        return objects;
    }

    /** Every member as text; numbers and truth values are written out. */
    public Map<String, String> texts(Pattern names) {
        Map<String, String> texts = new LinkedHashMap<>();
        members.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (!names.matcher(name).matches()) {
                throw error(name, "is not a well-formed name");
            }
            if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
                throw error(name, "is to be a text");
            }
            texts.put(name, value.toString());
        });
        return texts;
    }

    /** Refuses members that nobody read, for they would be mistakes without effect. */
    public void refuseOthers() {
        for (Object name : members.keySet()) {
            if (!read.contains(String.valueOf(name))) {
                throw error(String.valueOf(name), "is not known here");
            }
        }
    }

    public IllegalArgumentException error(String name, String what) {
        return new IllegalArgumentException(at(name) + " " + what);
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private @Nullable Object get(String name) {
        read.add(name);
        return members.get(name);
    }

    private List<?> list(String name) {
        Object value = get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw error(name, "is to be a list");
    }
}

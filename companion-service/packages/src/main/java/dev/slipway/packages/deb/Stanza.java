package dev.slipway.packages.deb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One paragraph of a control file (deb822(5)): fields in their order, each name once in any case. Immutable.
 */
public final class Stanza {

    /**
     * A field as it is written.
     *
     * @param value the text behind the colon without blanks around it; further lines follow after a line feed, each
     *     with the blank it begins with
     */
    public record Field(String name, String value) {

        /** The value's lines: the first one, then each further one without the blank it begins with. */
        public List<String> lines() {
            var lines = new ArrayList<String>();
            for (var line : value.split("\n", -1)) {
                lines.add(lines.isEmpty() ? line : line.substring(1));
            }
            return lines;
        }

        /** The value of a folded field: all its lines as one, with single blanks between words. */
        public String folded() {
            return value.indexOf('\n') < 0 ? value : value.strip().replaceAll("[ \t]*\n[ \t]*", " ");
        }

        void appendTo(StringBuilder out) {
            out.append(name).append(':');
            if (!value.isEmpty() && value.charAt(0) != '\n') {
                out.append(' ');
            }
            out.append(value).append('\n');
        }
    }

    private final List<Field> fields;
    private final Map<String, Field> byName;

    /** @throws IllegalArgumentException when a name comes twice */
    public Stanza(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.byName = this.fields.stream().collect(Collectors.toMap(f -> key(f.name()), Function.identity(), (a, b) -> {
            throw new IllegalArgumentException("the field " + b.name() + " comes twice");
        }));
    }

    public List<Field> fields() {
        return fields;
    }

    /** The field of that name, in any case. */
    public Optional<Field> field(String name) {
        return Optional.ofNullable(byName.get(key(name)));
    }

    /** The folded value of that field; empty when it is absent or has no text. */
    public Optional<String> get(String name) {
        return field(name).map(Field::folded).filter(value -> !value.isEmpty());
    }

    /** The lines of that field without the first one where that is empty, as the lists of files have it. */
    public List<String> list(String name) {
        return field(name).map(Field::lines).orElse(List.of()).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The stanza as text; every line ends with a line feed, no empty line follows. */
    public String text() {
        var out = new StringBuilder(1024);
        fields.forEach(field -> field.appendTo(out));
        return out.toString();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Stanza stanza && fields.equals(stanza.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}

package dev.slipway.packages.deb;

import dev.slipway.packages.deb.Relation.Alternative;
import dev.slipway.packages.deb.Relation.Constraint;
import dev.slipway.packages.deb.Relation.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses relationship fields (Debian Policy 7.1, deb-src-control(5)). */
public final class Relations {

    private static final int MOST = 20_000;
    private static final Map<String, Operator> OPERATORS = Map.of(
            "<<", Operator.EARLIER,
            "<=", Operator.EARLIER_OR_EQUAL,
            "=", Operator.EQUAL,
            ">=", Operator.LATER_OR_EQUAL,
            ">>", Operator.LATER,
            // long deprecated, and never meant strictly
            "<", Operator.EARLIER_OR_EQUAL,
            ">", Operator.LATER_OR_EQUAL);
    // possessive quantifiers: a hostile field costs linear time
    private static final Pattern ALTERNATIVE =
            Pattern.compile("(?<name>[A-Za-z0-9][A-Za-z0-9+.-]*+)(?::(?<qualifier>[a-z0-9-]++))?+"
                    + "\\s*+(?:\\(\\s*+(?<operator>[<>=]{1,2}+)\\s*+(?<version>[^\\s()]++)\\s*+\\))?+"
                    + "\\s*+(?:\\[(?<architectures>[^\\[\\]]++)\\])?+"
                    + "\\s*+(?<profiles>(?:<[^<>]++>\\s*+)*+)");

    private Relations() {}

    /**
     * Parses a field's value; empty elements between commas are passed over.
     *
     * @throws IllegalArgumentException when an element is malformed; the message shows it
     */
    public static List<Relation> parse(String value) {
        var relations = new ArrayList<Relation>();
        for (var element : split(value, ',')) {
            if (element.isEmpty()) {
                continue;
            }
            if (relations.size() == MOST) {
                throw new IllegalArgumentException("more than " + MOST + " relations");
            }
            relations.add(new Relation(
                    split(element, '|').stream().map(Relations::alternative).toList()));
        }
        return List.copyOf(relations);
    }

    private static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        var start = 0;
        for (var end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            parts.add(text.substring(start, end).strip());
            start = end + 1;
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    private static Alternative alternative(String text) {
        var matcher = ALTERNATIVE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the relation '" + text + "' is malformed");
        }
        var architectures = matcher.group("architectures");
        return new Alternative(
                matcher.group("name"),
                matcher.group("qualifier"),
                constraint(matcher),
                architectures == null ? List.of() : words(architectures),
                profiles(matcher.group("profiles")));
    }

    private static @Nullable Constraint constraint(Matcher matcher) {
        var symbol = matcher.group("operator");
        if (symbol == null) {
            return null;
        }
        var operator = OPERATORS.get(symbol);
        if (operator == null) {
            throw new IllegalArgumentException("the relation '" + matcher.group() + "' compares by '" + symbol + "'");
        }
        return new Constraint(operator, DebVersion.parse(matcher.group("version")));
    }

    private static List<List<String>> profiles(String text) {
        var formulas = new ArrayList<List<String>>();
        for (var formula : text.split(">", -1)) {
            var words = words(formula.replace('<', ' '));
            if (!words.isEmpty()) {
                formulas.add(words);
            }
        }
        return formulas;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+", -1))
                .filter(w -> !w.isEmpty())
                .toList();
    }
}

package dev.slipway.server.founding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of an answer as the founding document gives it: {@code {id: integer, ts?: datetime, refs: [{url: string}]}}. A
 * question mark stands for a member that may be absent or null; members that the document does not name are allowed.
 */
final class FoundingShape {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private FoundingShape() {}

    /** What an answer lacks; empty when a client that was written from the document can read it. */
    static List<String> faults(String shape, JsonNode answer) {
        try {
            List<String> faults = new ArrayList<>();
            check("", YAML.readTree(shape.replaceAll("(\\w+\\?):", "\"$1\":")), answer, faults);
            return faults;
        } catch (IOException e) {
            throw new UncheckedIOException(shape, e);
        }
    }

    private static void check(String where, JsonNode wanted, JsonNode found, List<String> faults) {
        if (wanted.isArray()) {
            if (!found.isArray()) {
                faults.add(where + " is not a list: " + found);
            }
            for (int i = 0; i < found.size(); i++) {
                check(where + "/" + i, wanted.get(0), found.path(i), faults);
            }
        } else if (wanted.isObject()) {
            if (!found.isObject()) {
                faults.add(where + " is not an object: " + found);
            }
            wanted.properties().forEach(member -> member(where, member.getKey(), member.getValue(), found, faults));
        } else if (!isA(wanted.asText(), found)) {
            faults.add(where + " is no " + wanted.asText() + ": " + found);
        }
    }

    private static void member(String where, String name, JsonNode wanted, JsonNode object, List<String> faults) {
        boolean optional = name.endsWith("?");
        String plain = optional ? name.substring(0, name.length() - 1) : name;
        JsonNode found = object.path(plain);
        if (!(optional && (found.isMissingNode() || found.isNull()))) {
            check(where + "/" + plain, wanted, found, faults);
        }
    }

    private static boolean isA(String type, JsonNode value) {
        return switch (type) {
            case "integer" -> value.isIntegralNumber();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "dictionary" -> value.isObject();
            case "datetime" -> value.isTextual() && isTime(value.asText());
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static boolean isTime(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() > 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}

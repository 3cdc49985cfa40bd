package dev.slipway.server.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.api.contract.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes bodies of the shape that the contract describes, and the same with one member spoilt. */
final class Samples {
    private static final String MARK = "@spoilt@";
    private static final int DEEPEST = 6;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Contract contract;
    private final Map<String, JsonNode> known;

    /**
     * Makes samples.
     *
     * @param known values for members of these names, where the schema alone would give one that is refused at once
     */
    Samples(Contract contract, Map<String, JsonNode> known) {
        this.contract = contract;
        this.known = known;
    }

    /** A body that the operation's schema describes. */
    JsonNode body(Contract.Operation operation) {
        return sample("", contract.requestSchema(operation).orElseThrow(), 0);
    }

    private JsonNode sample(String name, JsonNode reference, int depth) {
        JsonNode schema = contract.resolved(reference);
        if (known.containsKey(name)) {
            return known.get(name).deepCopy();
        }
        for (String choice : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.has(choice)) {
                return sample(name, schema.path(choice).get(0), depth);
            }
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(0);
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(name, schema, depth);
            case "integer", "number" -> NODES.numberNode(schema.path("minimum").asInt(1));
            case "boolean" -> NODES.booleanNode(false);
            default -> text(schema);
        };
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.get(0).asText() : type.asText(schema.has("properties") ? "object" : "string");
    }

    private JsonNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        if (depth < DEEPEST) {
            schema.path("properties")
                    .properties()
                    .forEach(member ->
                            object.set(member.getKey(), sample(member.getKey(), member.getValue(), depth + 1)));
        }
        return object;
    }

    private JsonNode array(String name, JsonNode schema, int depth) {
        ArrayNode array = NODES.arrayNode();
        if (depth < DEEPEST && schema.has("items")) {
            array.add(sample(name + "[]", schema.path("items"), depth + 1));
        }
        return array;
    }

    private static JsonNode text(JsonNode schema) {
        return TextNode.valueOf(
                switch (schema.path("format").asText()) {
                    case "uuid" -> "6f1c1e54-8c59-4d3a-9f7b-0a1b2c3d4e5f";
                    case "date-time" -> "2026-11-01T12:00:00Z";
                    case "uri" -> "https://hooks.slipway.example/in";
                    case "byte" -> "AAAA";
                    default -> schema.path("pattern").asText().contains("{64}") ? "0".repeat(64) : "sample";
                });
    }

    /** The body with each of its members in turn replaced by values, left out, doubled, and joined by another. */
    static List<String> spoilt(JsonNode body, Supplier<List<String>> values) {
        List<String> bodies = new ArrayList<>();
        for (Place place : places(body)) {
            JsonNode kept = place.get();
            place.put(TextNode.valueOf(MARK));
            String text = body.toString();
            for (String value : values.get()) {
                bodies.add(text.replace("\"" + MARK + "\"", value));
            }
            place.put(kept);
            if (place.parent() instanceof ObjectNode object) {
                String whole = body.toString();
                object.remove(place.name());
                bodies.add(body.toString());
                object.set(place.name(), kept);
                String member = HostileValues.quoted(place.name()) + ":" + kept;
                bodies.add(whole.replace(member, member + "," + member));
                bodies.add(whole.replace(member, member + ",\"unknown_member\":1"));
            }
        }
        return bodies;
    }

    private record Place(JsonNode parent, String name, int index) {
        JsonNode get() {
            return parent instanceof ObjectNode ? parent.get(name) : parent.get(index);
        }

        void put(JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(name, value);
            } else {
                ((ArrayNode) parent).set(index, value);
            }
        }
    }

    private static List<Place> places(JsonNode node) {
        List<Place> places = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                places.add(new Place(object, member.getKey(), -1));
                places.addAll(places(member.getValue()));
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                places.add(new Place(array, "", i));
                places.addAll(places(array.get(i)));
            }
        }
        return places;
    }
}

package dev.slipway.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The OpenAPI file, as tests ask it what an operation may be sent and may answer. */
public final class Contract {
    private static final String IRI = "https://slipway.dev/openapi.json";
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Contract INSTANCE = new Contract(load());

    /**
     * One operation of the file.
     *
     * @param path as written there, with its parameters in braces
     * @param pointer where it is in the file
     */
    public record Operation(String method, String path, String pointer, JsonNode node) {
        public String id() {
            return node.path("operationId").asText();
        }

        /** The scope it asks for; absent when it is public. */
        public Optional<String> scope() {
            return Optional.ofNullable(node.path("x-scope").asText(null));
        }

        /** Whether it says of itself that it needs no token. */
        public boolean isPublic() {
            return node.path("security").isArray() && node.path("security").isEmpty();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private record Route(Pattern pattern, int parameters, Operation operation) {}

    private final JsonNode root;
    private final List<Route> routes = new ArrayList<>();
    private final JsonSchemaFactory factory;
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    private Contract(JsonNode root) {
        this.root = root;
        this.factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(IRI, root.toString()))));
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(member -> METHODS.contains(member.getKey()))
                        .forEach(member -> routes.add(route(path.getKey(), member.getKey(), member.getValue()))));
        routes.sort(Comparator.comparingInt(Route::parameters));
    }

    /** The contract of this build. */
    public static Contract instance() {
        return INSTANCE;
    }

    private static JsonNode load() {
        try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
            return new ObjectMapper(new YAMLFactory()).readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Route route(String path, String method, JsonNode node) {
        StringBuilder regex = new StringBuilder();
        int parameters = 0;
        for (String segment : path.substring(1).split("/", -1)) {
            regex.append('/');
            if (segment.contains("{")) {
                parameters++;
                // {name*} stands for the rest of the path
                regex.append(segment.endsWith("*}") ? ".+" : "[^/]+");
            } else {
                regex.append(Pattern.quote(segment));
            }
        }
        String pointer = "/paths/" + escape(path) + "/" + method;
        return new Route(
                Pattern.compile(regex + "/?"),
                parameters,
                new Operation(method.toUpperCase(java.util.Locale.ROOT), path, pointer, node));
    }

    private static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    /** Every operation in the file. */
    public List<Operation> operations() {
        return routes.stream().map(Route::operation).toList();
    }

    /** The operation behind a request; paths with fewer parameters win. HEAD is answered as GET. */
    public Optional<Operation> find(String method, String encodedPath) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        return routes.stream()
                .filter(r -> r.operation().method().equals(wanted)
                        && r.pattern().matcher(encodedPath).matches())
                .map(Route::operation)
                .findFirst();
    }

    /**
     * What is wrong with an answer; empty when the file describes it.
     *
     * @param contentType without parameters, empty when there is no body
     * @param body as text when it is JSON
     */
    public List<String> check(Operation operation, int status, String contentType, String body) {
        JsonNode responses = operation.node().path("responses");
        if (!responses.has(String.valueOf(status))) {
            return List.of(operation + " answered " + status + ", which openapi.yaml does not list");
        }
        String pointer = resolve(operation.pointer() + "/responses/" + status);
        JsonNode content = root.at(pointer).path("content");
        if (content.isMissingNode() || content.isEmpty()) {
            return contentType.isEmpty() || body.isEmpty()
                    ? List.of()
                    : List.of(operation + " " + status + " has a body, which openapi.yaml does not describe");
        }
        String type = content.has(contentType) ? contentType : content.has("*/*") ? "*/*" : null;
        if (type == null) {
            return List.of(operation + " " + status + " came as '" + contentType + "', not as one of "
                    + String.join(", ", names(content)));
        }
        if (!type.endsWith("json")) {
            return List.of();
        }
        return validate(pointer + "/content/" + escape(type) + "/schema", body, operation + " " + status);
    }

    /** What is wrong with a JSON request body; empty when the file describes it. */
    public List<String> checkRequest(Operation operation, String body) {
        String pointer = resolve(operation.pointer() + "/requestBody");
        JsonNode schema = root.at(pointer + "/content/application~1json/schema");
        return schema.isMissingNode()
                ? List.of(operation + " takes a JSON body that openapi.yaml does not describe")
                : validate(pointer + "/content/application~1json/schema", body, operation + " request");
    }

    /** The schema of an operation's JSON body; absent when it takes none. */
    public Optional<JsonNode> requestSchema(Operation operation) {
        JsonNode schema = resolved(operation.node().path("requestBody")).at("/content/application~1json/schema");
        return schema.isMissingNode() ? Optional.empty() : Optional.of(resolved(schema));
    }

    /** The types of body that an operation takes; empty when it takes none. */
    public List<String> requestTypes(Operation operation) {
        return names(resolved(operation.node().path("requestBody")).path("content"));
    }

    /** The parameters of an operation, those of its path among them. */
    public List<JsonNode> parameters(Operation operation) {
        List<JsonNode> parameters = new ArrayList<>();
        operation.node().path("parameters").forEach(each -> parameters.add(resolved(each)));
        String path = operation.pointer().substring(0, operation.pointer().lastIndexOf('/'));
        root.at(path).path("parameters").forEach(each -> parameters.add(resolved(each)));
        return parameters;
    }

    /** What a reference stands for; anything else stands for itself. */
    public JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? resolved(root.at(node.path("$ref").asText().substring(1))) : node;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private String resolve(String pointer) {
        String ref = root.at(pointer).path("$ref").asText(null);
        return ref == null ? pointer : ref.substring(1);
    }

    private List<String> validate(String pointer, String body, String what) {
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (IOException e) {
            return List.of(what + " is not JSON: " + body);
        }
        JsonSchema schema = schemas.computeIfAbsent(
                pointer,
                p -> factory.getSchema(
                        SchemaLocation.of(IRI + "#" + p),
                        SchemaValidatorsConfig.builder().build()));
        return schema.validate(node, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true)).stream()
                .map(ValidationMessage::getMessage)
                .map(message -> what + ": " + message + " in " + body)
                .toList();
    }
}

package dev.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.contract.Contract;
import dev.slipway.server.identity.Scope;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Holds the routes in the code and the operations in the contract to each other, in both directions. */
final class ContractAndCodeTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PURGE", "get");

    /** The scope of each route in the code, empty when public, by method and path with its parameters' names left out. */
    private final Map<String, Optional<String>> code = routes();

    private final Map<String, Contract.Operation> contract = Contract.instance().operations().stream()
            .collect(Collectors.toMap(o -> o.method() + " " + nameless(o.path()), o -> o, (a, b) -> a, TreeMap::new));

    @Test
    void everyRouteIsInTheContract() {
        assertThat(contract.keySet()).containsAll(code.keySet());
    }

    @Test
    void everyOperationOfTheContractIsServed() {
        assertThat(code.keySet()).containsAll(contract.keySet());
    }

    @Test
    void everyRouteAsksForTheScopeThatTheContractNames() {
        assertThat(contract)
                .allSatisfy((route, operation) ->
                        assertThat(operation.scope()).as(route).isEqualTo(code.get(route)));
    }

    /** What workers send is bound to their lease instead. */
    @Test
    void everyChangeOfOneThingCanBeBoundToWhatTheCallerRead() {
        assertThat(contract.values().stream()
                        .filter(operation -> List.of("PUT", "PATCH").contains(operation.method()))
                        .filter(operation -> !takes(operation, "If-Match")
                                || !operation.node().path("responses").has("412"))
                        .filter(operation -> !takes(operation, "Slipway-Lease")))
                .isEmpty();
    }

    @Test
    void everyPostThatMakesSomethingCanBeRepeated() {
        assertThat(contract.values().stream()
                        .filter(operation -> operation.method().equals("POST")
                                && operation.node().path("responses").has("201"))
                        .filter(operation -> !takes(operation, "Idempotency-Key")))
                .isEmpty();
    }

    @Test
    void everyOperationThatNeedsABodySaysSoWhenThereIsNone() {
        for (Contract.Operation operation : contract.values()) {
            JsonNode body = Contract.instance().resolved(operation.node().path("requestBody"));
            if (body.path("required").asBoolean() && body.path("content").has("application/json")) {
                String address = operation.path().replaceAll("\\{[^}]*}", "1");

                TestResponse answer = companion.admin().send(operation.method(), address, null);

                assertThat(answer.status()).as(operation + " " + answer).isEqualTo(400);
                assertThat(answer.json().path("detail").asText()).contains("body");
            }
        }
    }

    /** Before it asks for a token: which methods an address has is no secret. */
    @Test
    void everyAddressRefusesTheMethodsThatItDoesNotHaveAndNamesThoseThatItHas() {
        for (String path : contract.values().stream()
                .map(Contract.Operation::path)
                .collect(Collectors.toCollection(TreeSet::new))) {
            String address = path.replaceAll("\\{[^}]*}", "1");
            for (String method : METHODS) {
                if (Contract.instance().find(method, address).isEmpty()) {
                    for (TestApi caller : List.of(companion.admin(), companion.anonymous())) {
                        assertRefused(method, path, caller.send(method, address, null));
                    }
                }
            }
        }
    }

    private void assertRefused(String method, String path, TestResponse answer) {
        Set<String> methods = contract.values().stream()
                .filter(operation -> operation.path().equals(path))
                .map(Contract.Operation::method)
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        assertThat(answer.status()).as(method + " " + path + " " + answer).isEqualTo(405);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Allow")).as(method + " " + path).isEqualTo(String.join(", ", methods));
    }

    private static boolean takes(Contract.Operation operation, String parameter) {
        return Contract.instance().parameters(operation).stream()
                .anyMatch(each -> each.path("name").asText().equals(parameter));
    }

    private static Map<String, Optional<String>> routes() {
        Map<String, Optional<String>> routes = new TreeMap<>();
        for (Object resource : companion.companion().resources()) {
            Path root = resource.getClass().getAnnotation(Path.class);
            if (root != null) {
                for (Method method : resource.getClass().getMethods()) {
                    add(routes, root.value(), method);
                }
            }
        }
        return routes;
    }

    private static void add(Map<String, Optional<String>> routes, String root, Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (http != null) {
                String like = http.value().equals(HttpMethod.HEAD) ? HttpMethod.GET : http.value();
                Path path = method.getAnnotation(Path.class);
                Scope scope = method.getAnnotation(Scope.class);
                for (String each : alternatives(path == null ? root : root + "/" + path.value())) {
                    routes.put(
                            like + " " + nameless(each),
                            Optional.ofNullable(scope).map(Scope::value));
                }
            }
        }
    }

    /** {@code {x: a|b}} stands for two paths; a pattern of one name stands for itself. */
    private static List<String> alternatives(String path) {
        Matcher choice =
                Pattern.compile("\\{\\w+: *([a-z_-]+(?:\\|[a-z_-]+)+) *}").matcher(path);
        if (!choice.find()) {
            return List.of(path);
        }
        List<String> paths = new ArrayList<>();
        for (String word : choice.group(1).split("\\|", -1)) {
            paths.addAll(alternatives(path.substring(0, choice.start()) + word + path.substring(choice.end())));
        }
        return paths;
    }

    private static String nameless(String path) {
        String plain = "/" + path.replaceAll("\\{[^}]*}", "{}");
        return plain.replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
    }
}

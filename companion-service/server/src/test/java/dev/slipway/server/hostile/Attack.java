package dev.slipway.server.hostile;

import static dev.slipway.server.hostile.HostileValues.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.contract.Contract;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Everything hostile that one operation is sent. */
final class Attack {
    private static final int HEADER_VALUES = 2;
    private static final int MEMBER_TEXTS = 6;
    private static final int UNASKED_BODIES = 4;
    private static final String OCTETS = "application/octet-stream";
    private static final List<String> HEADERS = List.of(
            "If-Match",
            "If-None-Match",
            "Idempotency-Key",
            "Range",
            "Last-Event-ID",
            "Slipway-Lease",
            "Repr-Digest",
            "Accept",
            "Accept-Language",
            "Content-Type",
            "Cookie",
            "X-HTTP-Method-Override",
            "X-Forwarded-For");
    private static final List<String> TYPES = List.of(
            "application/json; charset=utf-16",
            "application/json; charset=nonsense",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=",
            "text/plain",
            "*/*",
            "a/b/c",
            ";;;");

    /** A request as it goes onto the wire. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Shot(String method, String target, byte[] head, byte[] body, String what) {
        @Override
        public String toString() {
            String shown = new String(body, 0, Math.min(body.length, 400), StandardCharsets.UTF_8);
            return method + " " + target.substring(0, Math.min(target.length(), 200)) + " (" + what + ") " + shown;
        }
    }

    private final Contract contract;
    private final Samples samples;
    private final String token;
    private final Map<String, String> place;

    /**
     * Makes requests of a caller.
     *
     * @param place what to put for a path's parameters, by name, or by operation and name, so that the request reaches something
     */
    Attack(Contract contract, Samples samples, String token, Map<String, String> place) {
        this.contract = contract;
        this.samples = samples;
        this.token = token;
        this.place = place;
    }

    Stream<Shot> on(Contract.Operation operation) {
        Stream<Shot> shots = Stream.of(paths(operation), queries(operation), headers(operation))
                .flatMap(List::stream);
        return Stream.concat(shots, bodies(operation));
    }

    private List<Shot> paths(Contract.Operation operation) {
        List<Shot> shots = new ArrayList<>();
        for (JsonNode parameter : contract.parameters(operation)) {
            if (parameter.path("in").asText().equals("path")) {
                for (String segment : HostileValues.SEGMENTS) {
                    String target =
                            path(operation, Map.of(parameter.path("name").asText(), segment));
                    shots.add(shot(operation, target, Map.of(), whole(operation), "path"));
                }
            }
        }
        return shots;
    }

    private List<Shot> queries(Contract.Operation operation) {
        List<Shot> shots = new ArrayList<>();
        String path = path(operation, Map.of());
        for (String suffix : List.of(
                "?",
                "?=",
                "?&&",
                "?unknown=1",
                "?%00",
                "?%",
                "?a=%zz",
                ";x=1",
                "//",
                "/?",
                "/x",
                "?after=MA&after=MQ")) {
            shots.add(shot(operation, path + suffix, Map.of(), whole(operation), "address"));
        }
        for (JsonNode parameter : contract.parameters(operation)) {
            if (parameter.path("in").asText().equals("query")) {
                String name = parameter.path("name").asText();
                for (String value : HostileValues.QUERY) {
                    shots.add(shot(operation, path + "?" + name + "=" + value, Map.of(), whole(operation), "query"));
                }
                shots.add(shot(operation, path + "?" + name, Map.of(), whole(operation), "query"));
                shots.add(
                        shot(operation, path + "?" + name + "=1&" + name + "=2", Map.of(), whole(operation), "query"));
            }
        }
        return shots;
    }

    /** Headers mean the same to most operations, so each is sent some of the values, always the same ones. */
    private List<Shot> headers(Contract.Operation operation) {
        List<Shot> shots = new ArrayList<>();
        String path = path(operation, Map.of());
        Random random = new Random(operation.id().hashCode());
        for (String header : HEADERS) {
            for (String value : some(random, HostileValues.HEADER, HEADER_VALUES)) {
                shots.add(shot(operation, path, Map.of(header, value), whole(operation), header));
            }
        }
        for (String type : TYPES) {
            shots.add(shot(operation, path, Map.of("Content-Type", type), whole(operation), "type " + type));
            shots.add(shot(operation, path, Map.of("Accept", type), whole(operation), "accept " + type));
        }
        shots.add(shot(operation, path, Map.of("Content-Encoding", "gzip"), whole(operation), "encoding"));
        return shots;
    }

    private Stream<Shot> bodies(Contract.Operation operation) {
        String path = path(operation, Map.of());
        Random random = new Random(operation.id().hashCode());
        if (contract.requestTypes(operation).isEmpty()) {
            return some(random, HostileValues.bodies(), UNASKED_BODIES).stream()
                    .map(body -> shot(operation, path, Map.of(), body, "body"));
        }
        Stream<byte[]> spoilt = contract.requestSchema(operation).isEmpty()
                ? Stream.empty()
                : Samples.spoilt(samples.body(operation), () -> values(random)).stream()
                        .map(HostileValues::utf8);
        return Stream.concat(HostileValues.bodies().stream(), spoilt)
                .map(body -> shot(operation, path, Map.of(), body, "body"));
    }

    /** Every shape, and some texts. */
    private static List<String> values(Random random) {
        List<String> values = new ArrayList<>(HostileValues.SHAPES);
        some(random, HostileValues.TEXTS, MEMBER_TEXTS).forEach(text -> values.add(HostileValues.quoted(text)));
        return values;
    }

    private static <T> List<T> some(Random random, List<T> all, int count) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(count, shuffled.size()));
    }

    private byte[] whole(Contract.Operation operation) {
        return contract.requestSchema(operation).isEmpty()
                ? new byte[0]
                : utf8(samples.body(operation).toString());
    }

    private String path(Contract.Operation operation, Map<String, String> instead) {
        StringBuilder path = new StringBuilder();
        for (String segment : operation.path().substring(1).split("/", -1)) {
            if (segment.startsWith("{")) {
                String name = segment.replaceAll("[{}*]", "");
                path.append('/')
                        .append(instead.getOrDefault(
                                name, place.getOrDefault(operation.id() + " " + name, place.getOrDefault(name, "1"))));
            } else {
                path.append('/').append(segment);
            }
        }
        return path.toString();
    }

    private Shot shot(
            Contract.Operation operation, String target, Map<String, String> headers, byte[] body, String what) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Host", "127.0.0.1");
        all.put("Authorization", "Bearer " + token);
        List<String> types = contract.requestTypes(operation);
        if (!types.isEmpty() || body.length > 0) {
            boolean json = types.isEmpty() || types.contains("application/json");
            all.put("Content-Type", json ? "application/json" : types.get(0).equals("*/*") ? OCTETS : types.get(0));
        }
        if (body.length > 0 || !operation.method().equals("GET")) {
            all.put("Content-Length", String.valueOf(body.length));
        }
        all.putAll(headers);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(utf8(operation.method() + " " + target + " HTTP/1.1"));
        all.forEach((name, value) -> head.writeBytes(utf8("\r\n" + name + ": " + value)));
        return new Shot(operation.method(), target, head.toByteArray(), body, what);
    }
}

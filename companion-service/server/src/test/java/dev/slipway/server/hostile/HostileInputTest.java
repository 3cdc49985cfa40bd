package dev.slipway.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.contract.Contract;
import dev.slipway.server.http.Json;
import dev.slipway.server.testing.CompanionExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Sends every operation of the contract bodies, addresses, parameters and headers that no well-meaning client sends. No
 * answer is a failure of the service or shows its inside, each is one that the contract describes, a request that was
 * refused changed no row, and the log is told of no error.
 */
final class HostileInputTest {
    @RegisterExtension
    static final CompanionExtension companion =
            new CompanionExtension(Map.of("limits.token-rate", "0", "limits.worker-rate", "0"));

    /** What an answer must not let out: names of classes, stack frames, statements, places on the disk. */
    private static final Pattern INSIDE = Pattern.compile(
            "(java|jakarta|sun|jdk|org\\.(postgresql|hibernate|glassfish|eclipse))\\.[a-z]+\\.|Exception|\\tat |"
                    + "dev\\.slipway\\.|ERROR: |SQLSTATE|insert into|update [a-z_]+ set| from [a-z_]+ where ");

    private static final int LONG_ENOUGH = 4;
    private static final int MOST_TRIES = 4;
    private static final long MOST_GROWTH = 24L << 20;

    private static final LoggedErrors errors = new LoggedErrors();
    private static ChangeLog changes;
    private static RawClient client;
    private static Attack attack;
    private static long sent;
    private static final Map<Integer, Long> answers = new TreeMap<>();

    @BeforeAll
    static void begin() throws IOException, SQLException {
        HostileWorld world = new HostileWorld(companion);
        world.make();
        errors.begin();
        changes = new ChangeLog(companion.databaseUrl());
        client = new RawClient(companion.url());
        String token =
                Files.readString(companion.var().resolve("bootstrap-token")).strip();
        Contract contract = Contract.instance();
        attack = new Attack(
                contract,
                new Samples(contract, world.members()),
                token,
                Map.of(
                        "revokeToken id",
                        "2",
                        "name",
                        "sample",
                        "hex",
                        "0".repeat(64),
                        "revision",
                        "1",
                        "distribution",
                        "dist"));
    }

    @AfterAll
    static void end(TestReporter reporter) throws IOException, SQLException {
        reporter.publishEntry(Map.of("requests", String.valueOf(sent), "answers", answers.toString()));
        errors.end();
        client.close();
        changes.close();
    }

    /** What deletes comes last, so that the other requests still find something. */
    @TestFactory
    Stream<DynamicTest> survives() {
        Map<Boolean, List<Contract.Operation>> byDeletion = Contract.instance().operations().stream()
                .sorted(Comparator.comparing(Contract.Operation::path))
                .collect(Collectors.partitioningBy(
                        operation -> operation.method().equals("DELETE")));
        return Stream.of(
                        tests(byDeletion.get(false)),
                        Stream.of(DynamicTest.dynamicTest("memory", this::keepsNothing)),
                        tests(byDeletion.get(true)))
                .flatMap(each -> each);
    }

    private Stream<DynamicTest> tests(List<Contract.Operation> operations) {
        return operations.stream()
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> check(operation)));
    }

    private void check(Contract.Operation operation) throws Exception {
        Map<String, String> faults = new LinkedHashMap<>();
        settle(Duration.ofMillis(4)); // whatever comes later is told apart below
        for (Attack.Shot shot : (Iterable<Attack.Shot>) attack.on(operation)::iterator) {
            Optional<String> fault = fault(operation, shot);
            // The same fault again and again says nothing new.
            fault.ifPresent(text ->
                    faults.putIfAbsent(text.substring(0, Math.min(60, text.length())), shot + "\n  " + text));
        }
        assertThat(faults.values()).isEmpty();
        assertThat(errors.taken()).isEmpty();
    }

    /** Thousands of requests more leave next to nothing behind in the heap. */
    private void keepsNothing() throws Exception {
        long before = heap();
        for (String again :
                List.of("createPlatform", "updatePlatform", "createCompose", "listBuilds", "listRepositories")) {
            Contract.Operation operation = Contract.instance().operations().stream()
                    .filter(each -> each.id().equals(again))
                    .findFirst()
                    .orElseThrow();
            for (Attack.Shot shot : (Iterable<Attack.Shot>) attack.on(operation)::iterator) {
                send(shot);
            }
        }
        assertThat(heap() - before).isLessThan(MOST_GROWTH);
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private Optional<String> fault(Contract.Operation operation, Attack.Shot shot) throws Exception {
        for (int attempt = 1; ; attempt++) {
            RawClient.Answer answer = send(shot);
            Optional<String> fault = faultOf(operation, shot, answer);
            List<String> changed = changes.sinceLast();
            boolean refused = answer.status() >= 400;
            if (fault.isPresent() || !refused || changed.isEmpty()) {
                return fault;
            }
            if (attempt == MOST_TRIES) {
                return Optional.of(answer.status() + " though it changed " + changed);
            }
            settle(Duration.ofMillis(25)); // an accepted request's work may go on in the background
        }
    }

    private static RawClient.Answer send(Attack.Shot shot) throws IOException {
        RawClient.Answer answer = client.send(shot.method(), shot.head(), shot.body());
        sent++;
        answers.merge(answer.status(), 1L, Long::sum);
        return answer;
    }

    private static Optional<String> faultOf(Contract.Operation operation, Attack.Shot shot, RawClient.Answer answer)
            throws IOException {
        int status = answer.status();
        if (status >= 500 && !(status == 503 && answer.headers().containsKey("retry-after"))) {
            return Optional.of(status + " " + answer.body());
        }
        boolean problem = answer.type().equals("application/problem+json");
        if (status >= 400
                && !problem
                && !operation.path().startsWith("/oauth/")) { // whose errors have a form of their own
            return Optional.of(status + " came as '" + answer.type() + "' " + answer.body());
        }
        if (status >= 400 && problem) {
            JsonNode document = Json.mapper().readTree(answer.body());
            if (document.path("status").asInt() != status) {
                return Optional.of(status + " says of itself " + document);
            }
        }
        if (status >= 400) {
            if (INSIDE.matcher(answer.body()).find()) {
                return Optional.of("shows its inside: " + answer.body());
            }
        }
        if (status == 414 || status == 431) {
            return Optional.empty();
        }
        String path = shot.target().split("[?;]", 2)[0];
        Optional<Contract.Operation> found = Contract.instance().find(shot.method(), path);
        if (found.isEmpty()) {
            return List.of(400, 404, 405).contains(status) || operation.path().equals(path)
                    ? Optional.empty()
                    : Optional.of(status + " where the contract knows nothing");
        }
        List<String> unlike = Contract.instance().check(found.get(), status, answer.type(), answer.body());
        return unlike.isEmpty() ? Optional.empty() : Optional.of(unlike.get(0));
    }

    /** Waits until nothing changes any more. */
    private static void settle(Duration pause) {
        AtomicInteger quiet = new AtomicInteger();
        await().atMost(Duration.ofSeconds(30)).pollInterval(pause).until(() -> {
            if (!changes.sinceLast().isEmpty()) {
                quiet.set(0);
            }
            return quiet.incrementAndGet() > LONG_ENOUGH;
        });
    }
}

package dev.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.api.builds.Build;
import dev.slipway.api.contract.Contract;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.Inside;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestSigner;
import dev.slipway.server.testing.TestWorker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls every operation that changes something, and looks for what the audit says of that very request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuditWalkTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    /** What a worker does to a task that it holds is in the history of the task's attempts, not in the audit. */
    private static final Set<String> OF_A_LEASE = Set.of(
            "claimTask",
            "leaveTasks",
            "pingTasks",
            "reportTask",
            "appendTaskLog",
            "uploadTaskArtifact",
            "pingBuildNode",
            "getBuildNodeTask",
            "reportBuildNodeTask",
            "claimSignTask",
            // by the same code as submitSignatures, which is called here
            "completeSignTask");

    private final Map<String, String> traces = new HashMap<>();
    private final Farm farm = new Farm(companion);

    private static final String API = "/api/v1/";

    @BeforeAll
    void callEverything() {
        identity();
        clients();
        webhooks();
        blobs();
        String platform = platforms();
        workers();
        repositories();
        builds(platform);
        long build = signing(platform);
        tests();
        composes(build);
        releases(platform, build);
    }

    private JsonNode call(String method, String path, @Nullable Object body) {
        return call(companion.admin(), method, path, body);
    }

    /** Calls an operation, which must succeed, and notes under which trace. */
    private JsonNode call(TestApi api, String method, String path, @Nullable Object body) {
        TestResponse answer = switch (method) {
            case "POST" -> body == null ? api.send(method, API + path, null) : api.post(API + path, body);
            case "PUT" -> body == null ? api.send(method, API + path, null) : api.put(API + path, body);
            case "PATCH" -> body == null ? api.send(method, API + path, null) : api.patch(API + path, body);
            default -> api.delete(API + path);
        };
        note(method, path, answer);
        return answer.bytes().length == 0 ? MissingNode.getInstance() : answer.json();
    }

    private void note(String method, String path, TestResponse answer) {
        assertThat(answer.status()).as(method + " " + path + ": " + answer).isBetween(200, 299);
        String plain = ("/api/v1/" + path).replaceAll("\\?.*", "");
        traces.put(Contract.instance().find(method, plain).orElseThrow().id(), answer.header("Slipway-Trace"));
    }

    private static long id(JsonNode node) {
        return node.path("id").asLong();
    }

    private void identity() {
        JsonNode token =
                call("POST", "tokens/", Map.of("name", "x", "owner", "walker", "scopes", List.of("users:read-self")));
        call("DELETE", "tokens/" + id(token), null);
        long client = id(call("POST", "clients/", Map.of("name", "program", "scopes", List.of("users:read-self"))));
        call("POST", "clients/" + client + "/secret", null);
        call("DELETE", "clients/" + client, null);
        JsonNode keys = call("POST", "token-keys/rotate", null);
        call("DELETE", "token-keys/" + keys.path(0).path("kid").asText(), null);
        String user = companion.value("select id from app_user where username = 'walker'");
        call("PATCH", "users/" + user, Map.of("active", false));
        long team = id(call("POST", "teams/", Map.of("name", "walkers")));
        call("PATCH", "teams/" + team, Map.of("description", "they walk"));
        call("PUT", "teams/" + team + "/members/walker", null);
        call("DELETE", "teams/" + team + "/members/walker", null);
        long grant = id(call("POST", "grants/", Map.of("role", "reader", "team", "walkers")));
        call("DELETE", "grants/" + grant, null);
        call("DELETE", "teams/" + team, null);
    }

    private void clients() {
        long client = id(call("POST", "clients/", Map.of("name", "walk", "scopes", List.of("builds:read"))));
        call("POST", "clients/" + client + "/secret", null);
        call("DELETE", "clients/" + client, null);
        companion.admin().send("POST", API + "token-keys/rotate", null);
        String kid = call("POST", "token-keys/rotate", null).get(0).path("kid").asText();
        call("DELETE", "token-keys/" + kid, null);
    }

    private void webhooks() {
        long webhook = id(call("POST", "webhooks/", Map.of("name", "walk", "url", "https://hooks.slipway.example/")));
        long delivery = id(call("POST", "webhooks/" + webhook + "/ping", null));
        call("POST", "webhooks/" + webhook + "/deliveries/" + delivery + "/redeliver", null);
        call("PATCH", "webhooks/" + webhook, Map.of("name", "walked"));
        call("DELETE", "webhooks/" + webhook, null);
    }

    private void blobs() {
        TestResponse put = companion
                .admin()
                .send("PUT", API + "blobs/walk.txt", RequestBody.create(new byte[] {1}, MediaType.get("text/plain")));
        note("PUT", "blobs/walk.txt", put);
        call("DELETE", "blobs/walk.txt", null);
    }

    private String platforms() {
        String name = Farm.unique("rpm");
        Map<String, Object> platform = new HashMap<>(Map.of(
                "name", name,
                "type", "rpm",
                "distr_type", "demo",
                "distr_version", "9",
                "test_dist_name", "demo",
                "arch_list", List.of("x86_64"),
                "data", Map.of()));
        long id = id(call("POST", "platforms/", platform));
        platform.put("distr_version", "10");
        call("PUT", "platforms/", platform);
        long repository = id(call(
                "POST",
                "repositories/",
                Map.of(
                        "name",
                        Farm.unique("base"),
                        "arch",
                        "x86_64",
                        "type",
                        "rpm",
                        "url",
                        "https://mirror.example/")));
        call("PATCH", "platforms/" + id + "/add-repositories", List.of(repository));
        call("PATCH", "platforms/" + id + "/remove-repositories", List.of(repository));
        return name;
    }

    private void workers() {
        long id = id(call(
                "POST", "workers/", Map.of("name", "walker", "kinds", List.of("build"), "arches", List.of("src"))));
        call("PATCH", "workers/" + id, Map.of("draining", true));
    }

    private void repositories() {
        long id =
                id(call("POST", "repositories/", Map.of("name", Farm.unique("own"), "arch", "x86_64", "type", "rpm")));
        try (Inside inside = Inside.of(companion)) {
            long added = inside.ingest(SampleRpms.simple("walkway", "1.0", "x86_64"));
            call("PATCH", "repositories/" + id + "/packages", Map.of("add", List.of(added)));
        }
    }

    private void builds(String platform) {
        JsonNode build = call("POST", "builds/", Farm.request(platform, "walk"));
        TestWorker worker = farm.worker("src");
        worker.report(worker.claim(), "failed");
        call("PATCH", "builds/" + id(build) + "/restart-failed", null);
        call("PATCH", "builds/" + id(build) + "/cancel", null);
        call("DELETE", "builds/" + id(build) + "/remove", null);
    }

    private long signing(String platform) {
        SampleKey key = SampleKeys.fresh();
        JsonNode recorded = call(
                "POST",
                "sign-keys/new/",
                Map.of("name", "walk", "certificate", key.certificate().armored()));
        call("PUT", "sign-keys/" + id(recorded), Map.of("description", "walks"));
        Build build = farm.built(farm.worker("src", "x86_64"), platform, "walked");
        call("POST", "sign-tasks/", Map.of("build_id", build.id(), "sign_key_id", id(recorded)));
        TestSigner signer = farm.signer(key);
        ClaimedTask task = signer.claim();
        note("POST", "sign-tasks/" + task.id() + "/signatures", signer.submit(task, signer.signatures(task)));
        signer.report(task, "succeeded", null);
        return build.id();
    }

    private void tests() {
        String platform = farm.platform("rpm", "x86_64");
        TestWorker worker = farm.worker("src", "x86_64");
        Build build = farm.built(worker, platform, "tested");
        String run = companion.value("select r.id from test_run r join task t on t.id = r.task_id where t.build_id = "
                + build.id() + " order by r.id limit 1");
        String task = companion.value("select build_task_id from test_run where id = " + run);
        call("POST", "tests/" + run + "/result/", Map.of("api_version", "1.0", "result", Map.of("tests", Map.of())));
        companion.admin().send("PATCH", API + "builds/" + build.id() + "/cancel", null);
        call("PUT", "tests/build/" + build.id() + "/restart", null);
        companion.admin().send("PATCH", API + "builds/" + build.id() + "/cancel", null);
        call("PUT", "tests/build_task/" + task + "/restart", null);
    }

    private void composes(long build) {
        JsonNode compose = call("POST", "composes/", Map.of("source", Map.of("builds", List.of(build))));
        farm.run("composes.generate");
        call("PATCH", "composes/" + id(compose), Map.of("lifetime_seconds", 90_000));
        call("DELETE", "composes/" + id(compose), null);
        call("POST", "composes/" + id(compose) + "/regenerate", null);
    }

    private void releases(String platform, long build) {
        String name = Farm.unique("dist");
        call("POST", "distributions/", Map.of("name", name, "platforms", List.of(platform)));
        call("PATCH", "distributions/" + name, Map.of("approval", "second-person"));
        call("POST", "distributions/add/" + build + "/" + name + "/", null);
        call("POST", "distributions/remove/" + build + "/" + name + "/", null);
        TestApi planner = companion.as("planner", "releases:plan");
        Map<String, Object> request = Map.of("builds", List.of(build), "platform", platform, "distribution", name);
        JsonNode release = call(planner, "POST", "releases/new/", request);
        long id = id(release);
        long first = release.at("/plan/packages/0/package/id").asLong();
        call(
                planner,
                "PATCH",
                "releases/" + id + "/plan",
                Map.of("operations", List.of(Map.of("op", "exclude", "package_id", first))));
        call(planner, "PUT", "releases/" + id + "/", Map.of("builds", List.of(build)));
        call("POST", "releases/" + id + "/approve/", null);
        call("POST", "releases/" + id + "/commit/", null);
        farm.run("releases.commit");
        call("POST", "releases/" + id + "/revert/", null);
        call("DELETE", "releases/" + id + "/", null);
    }

    static Stream<Contract.Operation> changing() {
        return Contract.instance().operations().stream()
                .filter(operation ->
                        !operation.isPublic() && !Set.of("GET", "HEAD").contains(operation.method()))
                .filter(operation -> !OF_A_LEASE.contains(operation.id()));
    }

    @ParameterizedTest
    @MethodSource("changing")
    void saysWhoChangedWhatFromWhere(Contract.Operation operation) {
        assertThat(traces).as("operations that this test calls").containsKey(operation.id());
        String trace = traces.get(operation.id());

        String row =
                companion.value("select concat_ws(' ', (select username from app_user u where u.id = user_id) = actor,"
                        + " remote_addr, action <> '', object_kind <> '', object_id <> '',"
                        + " before_state is not null or after_state is not null)"
                        + " from audit_event where trace_id = '" + trace + "'");

        assertThat(row).as(operation + " wrote no audit row").isEqualTo("t 127.0.0.1 t t t t");
        assertThat(companion.value("select count(*) from audit_event where trace_id = '" + trace + "'"))
                .as("rows of " + operation)
                .isEqualTo("1");
    }
}

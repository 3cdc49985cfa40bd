package dev.slipway.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.builds.Build;
import dev.slipway.api.identity.Role;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.server.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** What tests of tasks need: platforms, builds for them, and workers. */
public final class Farm {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final CompanionExtension companion;

    public Farm(CompanionExtension companion) {
        this.companion = companion;
    }

    /** A name that no other test uses. */
    public static String unique(String prefix) {
        return prefix + NUMBER.incrementAndGet() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Cancels whatever former tests left, so that a worker meets its own test's tasks alone. */
    public void clear() {
        for (JsonNode build :
                companion.admin().get("/api/v1/builds/?is_running=true").json()) {
            companion.admin().send("PATCH", "/api/v1/builds/" + build.path("id").asLong() + "/cancel", null);
        }
        for (JsonNode build : companion.admin().get("/api/v1/builds/").json()) {
            companion.admin().send("PATCH", "/api/v1/builds/" + build.path("id").asLong() + "/cancel", null);
        }
    }

    /** Makes a platform of that type and answers its name. */
    public String platform(String type, String... arches) {
        return platform(type, Map.of(), arches);
    }

    public String platform(String type, Map<String, Object> data, String... arches) {
        String name = unique(type);
        TestResponse made = companion
                .admin()
                .post(
                        "/api/v1/platforms/",
                        Map.of(
                                "name",
                                name,
                                "type",
                                type,
                                "distr_type",
                                "demo",
                                "distr_version",
                                "9",
                                "test_dist_name",
                                "demo",
                                "arch_list",
                                List.of(arches),
                                "data",
                                data));
        expect(made, 201);
        return name;
    }

    /** Has the admin build these sources for a platform, one after the other. */
    public Build build(String platform, String... sources) {
        return build(companion.admin(), request(platform, sources));
    }

    public Build build(TestApi api, Map<String, Object> request) {
        TestResponse made = api.post("/api/v1/builds/", request);
        expect(made, 201);
        return made.as(Build.class);
    }

    public static Map<String, Object> request(String platform, String... sources) {
        List<Map<String, Object>> tasks = new ArrayList<>();
        for (String source : sources) {
            tasks.add(Map.of("url", "https://git.slipway.example/" + source + ".git", "git_ref", "main"));
        }
        return Map.of("platforms", List.of(Map.of("name", platform)), "tasks", tasks);
    }

    public Build get(long buildId) {
        return companion.admin().get("/api/v1/builds/" + buildId + "/").as(Build.class);
    }

    /** The states of a build's tasks, as {@code index arch state}. */
    public List<String> states(long buildId) {
        return get(buildId).tasks().stream()
                .map(task -> task.index() + " " + task.arch() + " " + task.state())
                .toList();
    }

    /** Registers a worker with a token of its own. */
    public TestWorker worker(String... arches) {
        String name = unique("worker");
        TestWorker worker = new TestWorker(companion.as(name, Role.WORKER), name, List.of(arches));
        worker.register();
        return worker;
    }

    /** Records a key; its id. */
    public long signKey(SampleKey key) {
        TestResponse made = companion
                .admin()
                .post(
                        "/api/v1/sign-keys/new/",
                        Map.of(
                                "name",
                                unique("key"),
                                "certificate",
                                key.certificate().armored()));
        expect(made, 201);
        return made.json().path("id").asLong();
    }

    /** Registers a worker that holds this key. */
    public TestSigner signer(SampleKey key) {
        String name = unique("signer");
        TestSigner signer = new TestSigner(companion.as(name, Role.WORKER), name, key, companion.clock());
        signer.register();
        return signer;
    }

    /** A build of one package for a platform of one architecture, built to its end by this worker. */
    public Build built(TestWorker worker, String platform, String name) {
        Build build = build(platform, name);
        while (get(build.id()).finishedAt() == null) {
            expect(worker.succeed(worker.claim(List.of("build")), name), 200);
        }
        return get(build.id());
    }

    /** Runs a background job now. */
    public void run(String job) {
        try {
            companion.companion().background().runNow(job);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static void expect(TestResponse answer, int status) {
        if (answer.status() != status) {
            throw new AssertionError("expected " + status + ": " + answer);
        }
    }

    static String json(Object value) {
        return Json.mapper().valueToTree(value).toString();
    }
}

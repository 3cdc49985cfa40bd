package dev.slipway.server.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.builds.Build;
import dev.slipway.api.releases.PlannedPackage;
import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseCheck;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.ReportedArtifact;
import dev.slipway.packages.fixtures.SampleDebs;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What tests of releases need: distributions, builds with packages in them, and what clients see. */
final class Dock {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CompanionExtension companion;
    private final Farm farm;

    Dock(CompanionExtension companion) {
        this.companion = companion;
        this.farm = new Farm(companion);
    }

    Farm farm() {
        return farm;
    }

    TestApi api() {
        return companion.admin();
    }

    /** A platform whose builds get no tests. */
    String platform(String type, String... arches) {
        return farm.platform(type, Map.of("tests", "none"), arches);
    }

    /** Makes a distribution and waits until clients see its empty repositories. */
    String distribution(String... platforms) {
        return distribution(Map.of("platforms", List.of(platforms)));
    }

    String distribution(Map<String, Object> more) {
        String name = Farm.unique("dist");
        Map<String, Object> request = new HashMap<>(more);
        request.put("name", name);
        ok(api().post("/api/v1/distributions/", request), 201);
        if (!more.containsKey("sign_key")) {
            awaitServed(name);
        }
        return name;
    }

    void awaitServed(String distribution) {
        farm.run("channels.publish");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(companion.value(
                                "select count(*) from channel where publication_id is null and path like '"
                                        + distribution + "/%'"))
                        .isEqualTo("0"));
    }

    long platformId(String name) {
        return Long.parseLong(companion.value("select id from platform where name = '" + name + "'"));
    }

    /** Builds one source of that name and version for a platform, to the end. */
    long build(String platform, String name, String version, String... requires) {
        farm.clear();
        TestWorker worker = farm.worker("src", "x86_64", "i686", "amd64");
        Build build = farm.build(platform, name);
        for (ClaimedTask task = worker.tryClaim(); task != null; task = worker.tryClaim()) {
            TestResponse done = worker.report(
                    task,
                    "succeeded",
                    results(worker, task, name, version, requires).toArray(ReportedArtifact[]::new));
            assertThat(done.json().path("state").asText()).as(done.toString()).isEqualTo("succeeded");
        }
        assertThat(farm.get(build.id()).finishedAt()).isNotNull();
        return build.id();
    }

    private static List<ReportedArtifact> results(
            TestWorker worker, ClaimedTask task, String name, String version, String... requires) {
        boolean source = task.arch().equals("src");
        if (!TestWorker.work(task).platform().type().equals("deb")) {
            Path rpm = source
                    ? SampleRpms.build(spec -> spec.name(name).version(version).source())
                    : SampleRpms.build(spec -> spec.name(name)
                            .version(version)
                            .arch(task.arch())
                            .requires(requires)
                            .file("/usr/share/" + name + "/data", name + "\n"));
            return List.of(worker.upload(task, source ? "src_rpm" : "rpm", rpm));
        }
        if (!source) {
            return List.of(worker.upload(task, "deb", SampleDebs.simple(name, version + "-1", task.arch())));
        }
        Path dsc = SampleDebs.source(name, version + "-1");
        List<ReportedArtifact> artifacts = new ArrayList<>();
        try (Stream<Path> files = Files.list(dsc.getParent())) {
            for (Path file : files.sorted().toList()) {
                artifacts.add(worker.upload(task, file.equals(dsc) ? "dsc" : "source", file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return artifacts;
    }

    Release plan(String platform, String distribution, long... builds) {
        TestResponse made = api().post("/api/v1/releases/new/", request(platform, distribution, builds));
        ok(made, 200);
        return made.as(Release.class);
    }

    static Map<String, Object> request(String platform, String distribution, long... builds) {
        List<Long> ids = new ArrayList<>();
        for (long build : builds) {
            ids.add(build);
        }
        return Map.of("builds", ids, "platform", platform, "distribution", distribution);
    }

    Release get(long id) {
        return api().get("/api/v1/releases/" + id + "/").as(Release.class);
    }

    TestResponse order(long id, String what) {
        return api().send("POST", "/api/v1/releases/" + id + "/" + what, null);
    }

    /** Commits and waits for the end. */
    Release commit(long id) {
        ok(order(id, "commit"), 202);
        return ended(id);
    }

    Release ended(long id) {
        return await().atMost(PATIENCE).until(() -> get(id), r -> r.status() != 2);
    }

    Release released(long id) {
        Release ended = commit(id);
        assertThat(ended.status()).as(String.valueOf(ended.error())).isEqualTo(3);
        return ended;
    }

    static ReleaseCheck red(Release release, String check) {
        return release.plan().checks().stream()
                .filter(c -> c.check().equals(check) && c.state().equals("red"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no red " + check + " in " + release.plan().checks()));
    }

    /** What clients get of a distribution: the entry files of its metadata, by path. */
    Map<String, String> served(String distribution) {
        return served(distribution, companion::anonymous);
    }

    private Map<String, String> served(String distribution, Supplier<TestApi> client) {
        Map<String, String> entries = new HashMap<>();
        for (String channel : companion
                .value("select string_agg(path || ' ' || type, ',' order by path) from channel where path like '"
                        + distribution + "/%'")
                .split(",")) {
            String path = channel.split(" ")[0];
            String entry = "/repos/" + path
                    + (channel.endsWith(" rpm")
                            ? "/repodata/repomd.xml"
                            : "/dists/" + path.split("/")[1].replace("-debug", "") + "/Release");
            TestResponse answer = client.get().get(entry);
            ok(answer, 200);
            entries.put(entry, answer.text());
        }
        return entries;
    }

    /** The packages that a repository of a distribution holds now. */
    List<String> content(String distribution, String platform, String arch) {
        String all = companion.value(
                "select coalesce(string_agg(rp.nevra, ',' order by rp.nevra), '') from repository_package rp"
                        + " join repository r on r.id = rp.repository_id where rp.removed_in is null and not r.debug"
                        + " and r.name = '" + distribution + "-" + platform + "' and r.arch = '" + arch + "'");
        return all.isEmpty() ? List.of() : List.of(all.split(","));
    }

    static void ok(TestResponse answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    }

    /** A release that is planned of one build, into a new distribution. */
    record Stage(String platform, String distribution, long build, Release release) {}

    Stage stage(String name) {
        String platform = platform("rpm", "x86_64");
        String distribution = distribution(platform);
        long build = build(platform, name, "1.0");
        return new Stage(platform, distribution, build, plan(platform, distribution, build));
    }

    /** A release of another version into the same distribution. */
    Release next(Stage stage, String name, String version) {
        return plan(stage.platform(), stage.distribution(), build(stage.platform(), name, version));
    }

    static String path(Release release) {
        return "/api/v1/releases/" + release.id() + "/";
    }

    static PlannedPackage binary(Release release) {
        return release.plan().packages().stream()
                .filter(p -> !p.pkg().arch().equals("src"))
                .findFirst()
                .orElseThrow();
    }

    TestResponse edit(Release release, Map<String, Object> operation) {
        return api().patch(path(release) + "plan", Map.of("operations", List.of(operation)));
    }
}

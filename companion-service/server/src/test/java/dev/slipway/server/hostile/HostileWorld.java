package dev.slipway.server.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.builds.Build;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.server.http.Json;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestWorker;
import java.util.List;
import java.util.Map;

/** One thing of each kind, so that requests reach something. */
final class HostileWorld {
    private final CompanionExtension companion;
    private String platform = "";
    private String distribution = "";
    private long key;

    HostileWorld(CompanionExtension companion) {
        this.companion = companion;
    }

    /** Makes everything; the first of each kind has the id 1. */
    void make() {
        Farm farm = new Farm(companion);
        key = farm.signKey(SampleKeys.rsa());
        platform = farm.platform("rpm", Map.of("tests", "none"), "x86_64");
        TestWorker worker = farm.worker("src", "x86_64");
        Build built = farm.built(worker, platform, "tally");
        distribution = Farm.unique("dist");
        made("/api/v1/distributions/", Map.of("name", distribution, "platforms", List.of(platform)));
        made("/api/v1/composes/", Map.of("platform", platform, "source", Map.of("builds", List.of(built.id()))));
        made(
                "/api/v1/releases/new/",
                Map.of("builds", List.of(built.id()), "platform", platform, "distribution", distribution));
        made("/api/v1/sign-tasks/", Map.of("build_id", built.id(), "sign_key_id", key));
        farm.build(platform, "running");
        worker.tryClaim();
        companion.admin().putBytes("/api/v1/blobs/sample", new byte[100]);
    }

    private void made(String path, Map<String, Object> body) {
        TestResponse answer = companion.admin().post(path, body);
        if (answer.status() > 299) {
            throw new AssertionError(path + " " + answer);
        }
    }

    /** Values for members of bodies, by the member's name, {@code name[]} for what a list holds. */
    Map<String, JsonNode> members() {
        return Map.ofEntries(
                entry("platform", platform),
                entry("distribution", distribution),
                entry("platforms", List.of(Map.of("name", platform, "arch_list", List.of("x86_64")))),
                entry("builds", List.of(1)),
                entry("linked_builds", List.of(1)),
                entry("arch_list", List.of("x86_64")),
                entry("arches", List.of("x86_64")),
                entry("kinds", List.of("build")),
                entry("url", "https://git.slipway.example/sample.git"),
                entry("ref_type", 1),
                entry("wait_seconds", 0),
                entry("role", "reader"),
                entry("scopes", List.of("builds:read")),
                entry("lifetime_seconds", 3600),
                entry("op", "exclude"),
                entry("batch", 0));
    }

    private static Map.Entry<String, JsonNode> entry(String name, Object value) {
        return Map.entry(name, Json.mapper().valueToTree(value));
    }
}

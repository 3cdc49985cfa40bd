package dev.slipway.server.http;

import dev.slipway.api.builds.Build;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestWorker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** A request for each operation that changes one thing, by the operation's id, and the things to send them to. */
final class Edits {
    /** @param body null when there is none */
    record Edit(String method, String path, @Nullable Object body) {
        @Nullable
        RequestBody json() {
            return body == null
                    ? null
                    : RequestBody.create(Json.mapper().valueToTree(body).toString(), MediaType.get("application/json"));
        }
    }

    private final CompanionExtension companion;
    private final Map<String, Edit> all = new LinkedHashMap<>();

    Edits(CompanionExtension companion) {
        this.companion = companion;
    }

    Map<String, Edit> make() {
        Farm farm = new Farm(companion);
        String key = "/api/v1/sign-keys/" + farm.signKey(SampleKeys.rsa()) + "/";
        String platform = farm.platform("rpm", Map.of("tests", "none"), "x86_64");
        TestWorker worker = farm.worker("src", "x86_64");
        Build built = farm.built(worker, platform, "tally");
        String dist = Farm.unique("dist");
        made("/api/v1/distributions/", Map.of("name", dist, "platforms", List.of(platform)));
        String name = Farm.unique("tides");
        String build = "/api/v1/builds/" + built.id() + "/";
        String platforms =
                "/api/v1/platforms/" + built.tasks().get(0).platform().id() + "/";
        String team = made("/api/v1/teams/", Map.of("name", name));
        String repository =
                made("/api/v1/repositories/", Map.of("name", name, "arch", "x86_64", "type", "rpm", "channel", name));
        String compose = made(
                "/api/v1/composes/", Map.of("platform", platform, "source", Map.of("builds", List.of(built.id()))));
        String release = made(
                "/api/v1/releases/new/",
                Map.of("builds", List.of(built.id()), "platform", platform, "distribution", dist));
        String webhook = made("/api/v1/webhooks/", Map.of("name", name, "url", "https://hooks.slipway.example/in"));
        companion.admin().putBytes("/api/v1/blobs/" + name, new byte[10]);
        String workerId = companion.value("select max(id) from worker");
        String userId = companion.value("select max(id) from app_user");

        add("updateUser", "PATCH", "/api/v1/users/" + userId, Map.of("active", false));
        add("updateTeam", "PATCH", team, Map.of("description", "who signs"));
        add("addTeamMember", "PUT", team + "members/admin", null);
        add("putBlob", "PUT", "/api/v1/blobs/" + name, Map.of());
        add("updatePlatform", "PUT", "/api/v1/platforms/", Map.of("name", platform, "distr_version", "10"));
        add("addPlatformRepositories", "PATCH", platforms + "add-repositories", List.of());
        add("removePlatformRepositories", "PATCH", platforms + "remove-repositories", List.of());
        add("restartFailedBuild", "PATCH", build + "restart-failed", null);
        add("cancelBuild", "PATCH", build + "cancel", null);
        add("updateWorker", "PATCH", "/api/v1/workers/" + workerId, Map.of("draining", true));
        add("restartBuildTests", "PUT", "/api/v1/tests/build/" + built.id() + "/restart", null);
        add(
                "restartBuildTaskTests",
                "PUT",
                "/api/v1/tests/build_task/" + built.tasks().get(0).id() + "/restart",
                null);
        add("changeRepositoryPackages", "PATCH", repository + "packages", Map.of("remove", List.of()));
        add("updateDistribution", "PATCH", "/api/v1/distributions/" + dist, Map.of("approval", "none"));
        add("extendCompose", "PATCH", compose, Map.of("lifetime_seconds", 3600));
        add("updateSignKey", "PUT", key, Map.of("description", "of the demo"));
        add("updateRelease", "PUT", release, Map.of("builds", List.of(built.id())));
        add("editReleasePlan", "PATCH", release + "plan", Map.of("operations", List.of()));
        add("updateWebhook", "PATCH", webhook, Map.of("active", false));
        return all;
    }

    private void add(String operation, String method, String path, @Nullable Object body) {
        all.put(operation, new Edit(method, path, body));
    }

    /** Where the thing is. */
    private String made(String path, Map<String, Object> body) {
        TestResponse answer = companion.admin().post(path, body);
        if (answer.status() > 299) {
            throw new AssertionError(path + " " + answer);
        }
        String location = answer.header("Location");
        return location == null || location.endsWith("/") ? location : location + "/";
    }
}

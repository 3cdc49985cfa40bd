package dev.slipway.server.composes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.composes.Compose;
import dev.slipway.api.repositories.Repository;
import dev.slipway.api.repositories.RepositoryChange;
import dev.slipway.api.repositories.RepositoryRequest;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.Inside;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a companion for composes of repositories that it fills. */
final class ComposeClient implements AutoCloseable {
    private final CompanionExtension companion;
    private final Farm farm;
    private @Nullable Inside inside;

    ComposeClient(CompanionExtension companion) {
        this.companion = companion;
        this.farm = new Farm(companion);
    }

    Farm farm() {
        return farm;
    }

    /** Stores a package; its id. */
    long ingest(Path file) {
        Inside open = inside == null ? Inside.of(companion) : inside;
        inside = open;
        return open.ingest(file);
    }

    @Override
    public void close() {
        if (inside != null) {
            inside.close();
        }
    }

    static Path words(String version) {
        return SampleRpms.simple("words", version, "x86_64");
    }

    /** Makes a repository that holds these packages; its name. */
    String repository(String type, String arch, Path... packages) {
        String name = Farm.unique("repo");
        TestResponse made = companion
                .admin()
                .post(
                        "/api/v1/repositories/",
                        new RepositoryRequest(
                                name, arch, type, null, null, null, name, null, null, null, null, null, null, null,
                                null));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        List<Long> ids = new ArrayList<>();
        for (Path each : packages) {
            ids.add(ingest(each));
        }
        TestResponse changed = companion
                .admin()
                .patch(
                        "/api/v1/repositories/" + made.as(Repository.class).id() + "/packages",
                        RepositoryChange.of(ids, List.of()));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        return name;
    }

    /** A request for all of a repository, and what else it is to say. */
    static Map<String, Object> of(String repository, Object... more) {
        Map<String, Object> request = new HashMap<>();
        request.put("source", Map.of("repositories", List.of(repository)));
        for (int i = 0; i < more.length; i += 2) {
            request.put((String) more[i], more[i + 1]);
        }
        return request;
    }

    TestResponse post(Map<String, Object> request) {
        return companion.admin().post("/api/v1/composes/", request);
    }

    Compose make(Map<String, Object> request) {
        return make(companion.admin(), request);
    }

    Compose make(TestApi api, Map<String, Object> request) {
        TestResponse made = api.post("/api/v1/composes/", request);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        farm.run("composes.generate");
        return get(made.as(Compose.class).id());
    }

    Compose get(long id) {
        return companion.admin().get("/api/v1/composes/" + id + "/").as(Compose.class);
    }

    TestResponse served(Compose compose, String path) {
        return companion.anonymous().get("/repos/composes/" + compose.id() + "/" + path);
    }

    static void assertRefused(TestResponse answer, int status, String... because) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).contains(because);
    }

    String delete(TestApi api, Compose compose) {
        return String.valueOf(
                api.delete("/api/v1/composes/" + compose.id() + "/").status());
    }
}

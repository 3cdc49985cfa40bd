package dev.slipway.server.buildnodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Speaks the side of a founding system's build node, step by step. */
final class TestNode {
    private final TestApi api;

    /** A node with a token of its own. */
    TestNode(CompanionExtension companion) {
        api = companion.as(Farm.unique("node"), "tasks:claim", "blobs:read", "blobs:write");
    }

    /** @param path behind {@code /api/v1} */
    TestResponse post(String path, Object body) {
        return api.post("/api/v1" + path, body);
    }

    TestResponse ask(String... arches) {
        TestResponse answer =
                post("/build_node/get_task", Map.of("request", Map.of("supported_arches", List.of(arches))));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    /** A task, which must be there. */
    JsonNode task(String... arches) {
        JsonNode task = ask(arches).json();
        assertThat(task.isObject()).as("there was no task").isTrue();
        return task;
    }

    TestResponse ping(JsonNode... tasks) {
        return post(
                "/build_node/ping",
                Map.of(
                        "active_tasks",
                        Arrays.stream(tasks).map(task -> task.path("id")).toList()));
    }

    /** Uploads a file and describes it for the report. */
    Map<String, Object> uploaded(String type, String name, byte[] bytes) {
        TestResponse answer = api.putBytes("/api/v1/blobs/" + Farm.unique("made"), bytes);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return Map.of(
                "name", name, "type", type, "href", answer.json().path("url").asText());
    }

    Map<String, Object> uploaded(Path rpm) {
        try {
            return uploaded("rpm", rpm.getFileName().toString(), Files.readAllBytes(rpm));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A log of one line. */
    Map<String, Object> uploadedLog(String line) {
        return uploaded("build_log", "mock.log", (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    TestResponse done(JsonNode task, String status, List<Map<String, Object>> artifacts) {
        return post(
                "/build_node/build_done/",
                Map.of(
                        "build_done",
                        Map.of("task_id", task.path("id").asLong(), "status", status, "artifacts", artifacts)));
    }

    /** Reports a task as done with one package. */
    TestResponse done(JsonNode task, Path rpm) {
        return done(task, "done", List.of(uploaded(rpm)));
    }
}

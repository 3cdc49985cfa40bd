package dev.slipway.server.founding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestFolders;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** Sends the founding document's bodies, with every member that the document names and no other; each call must succeed. */
final class FoundingClient implements AutoCloseable {
    private final TestApi api;
    private final HttpServer publicKeys = publicKeys();

    FoundingClient(CompanionExtension companion) {
        this.api = companion.admin();
    }

    /** Serves the public halves of keys. */
    private static HttpServer publicKeys() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        publicKeys.stop(0);
    }

    /** A folder with one source repository in it. */
    static Path sources() {
        try {
            Path folder = TestFolders.temporary("sources");
            Git.init().setDirectory(folder.resolve("tally").toFile()).call().close();
            return folder;
        } catch (GitAPIException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode ok(TestResponse answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 204);
        return answer.status() == 204 ? NullNode.getInstance() : answer.json();
    }

    /** @param path behind {@code /api/v1} */
    JsonNode get(String path) {
        return ok(api.get("/api/v1" + path));
    }

    /** As {@link #get}, with a body; an empty text is none. */
    JsonNode send(String method, String path, String body) {
        String url = "/api/v1" + path;
        if (body.isEmpty()) {
            return ok(api.send(method, url, null));
        }
        return ok(
                switch (method) {
                    case "POST" -> api.post(url, body);
                    case "PUT" -> api.put(url, body);
                    default -> api.patch(url, body);
                });
    }

    JsonNode makePlatform(String name) {
        return send("POST", "/platforms/", """
                {"name": "%s", "type": "rpm", "distr_type": "rhel", "distr_version": "9", "test_dist_name": "demo",
                 "arch_list": ["x86_64"],
                 "repos": {"name": "%s-base", "arch": "x86_64", "url": "https://mirror.slipway.example/%s/", "type": "rpm"},
                 "data": {"definitions": {"dist": ".el9"}}}
                """.formatted(name, name, name));
    }

    JsonNode ask(String platform, String name) {
        return send("POST", "/builds/", """
                {"build": {"platforms": [{"name": "%s", "arch_list": ["x86_64"]}],
                           "tasks": [{"url": "https://git.slipway.example/%s.git", "git_ref": "main"}], "linked_builds": []}}
                """.formatted(platform, name));
    }

    void cancel(long id) {
        send("PATCH", "/builds/" + id + "/cancel", "");
    }

    /** What a node that builds for these architectures is given; null when there is nothing. */
    JsonNode task(String... arches) {
        return send(
                "POST",
                "/build_node/get_task",
                "{\"request\": {\"supported_arches\": [\"" + String.join("\", \"", arches) + "\"]}}");
    }

    /** Reports a task with the one package that a node made. */
    JsonNode done(JsonNode task, String status, Path made) {
        try {
            String href = ok(api.putBytes("/api/v1/blobs/" + Farm.unique("made"), Files.readAllBytes(made)))
                    .path("url")
                    .asText();
            return send("POST", "/build_node/build_done", """
                    {"build_done": {"task_id": %d, "status": "%s",
                                    "artifacts": [{"name": "%s", "type": "rpm", "href": "%s"}]}}
                    """.formatted(
                            task.path("id").asLong(), status, made.getFileName(), href));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A build that a node made to its end; its id. */
    long build(String platform, String name) {
        long id = ask(platform, name).path("id").asLong();
        done(task("src"), "done", SampleRpms.build(spec -> spec.name(name).source()));
        done(task("x86_64"), "done", SampleRpms.simple(name, "1.0", "x86_64"));
        return id;
    }

    /** A new distribution of that platform; its name. */
    String distribution(String platform) {
        String name = Farm.unique("dist");
        send(
                "POST",
                "/distributions/",
                "{\"distribution\": {\"name\": \"" + name + "\", \"platforms\": [\"" + platform + "\"]}}");
        return name;
    }

    JsonNode signTask(long build, SampleKey key) {
        return send("POST", "/sign-tasks/", """
                {"build_id": %d, "sign_key_id": %d}
                """.formatted(build, recorded(key, key)));
    }

    /**
     * Records a key as the document has it: what it is, and where its public half can be had.
     *
     * @param published the key whose public half is found there
     * @return the key's id
     */
    long recorded(SampleKey key, SampleKey published) {
        String keyid = key.certificate().keyId();
        publicKeys.createContext("/" + keyid, exchange -> {
            byte[] armored = published.certificate().armored().getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, armored.length);
            exchange.getResponseBody().write(armored);
            exchange.close();
        });
        return send("POST", "/sign-keys/new/", """
                {"name": "%s", "description": "", "keyid": "%s", "fingerprint": "%s",
                 "public_url": "http://127.0.0.1:%d/%s"}
                """.formatted(
                                Farm.unique("key"),
                                keyid,
                                key.certificate().fingerprint().hex(),
                                publicKeys.getAddress().getPort(),
                                keyid))
                .path("id")
                .asLong();
    }
}

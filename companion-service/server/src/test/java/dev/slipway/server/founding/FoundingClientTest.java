package dev.slipway.server.founding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A client written from the founding document alone: its bodies, with every member that the document names and no other, and
 * its answers, each member with its type. The forms below follow the document's order and spelling.
 */
final class FoundingClientTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension(Map.of(
            "projects.catalogues",
            "alma=" + sources() + " alma/modularity=" + sources(),
            "sign-keys.private-addresses",
            "true"));

    /** A folder with one source repository in it. */
    private static Path sources() {
        try {
            Path folder = Files.createTempDirectory("slipway-sources-");
            Git.init().setDirectory(folder.resolve("tally").toFile()).call().close();
            return folder;
        } catch (IOException | GitAPIException e) {
            throw new AssertionError(e);
        }
    }

    private static final String PLATFORM = "{id: integer, name: string, arch_list: [string]}";
    private static final String USER = "{id: integer, username: string, email: string}";
    private static final String REF = "{url: string, git_ref?: string}";
    private static final String TASK = "{id: integer, ts?: datetime, status: integer, index: integer, arch: string,"
            + " platform: {id: integer, type: string, name: string, arch_list: [string]}, ref: " + REF
            + ", artifacts: [{id: integer, name: string, type: string, href: string}]}";
    private static final String BUILD =
            "{id: integer, created_at: datetime, tasks: [" + TASK + "], user: " + USER + ", linked_builds?: [integer]}";
    private static final String NODE_TASK = "{id: integer, arch: string, ref: " + REF
            + ", platform: {name: string, type: string, data: dictionary}, created_by: {name: string, email: string},"
            + " repositories: [{name: string, url: string}], linked_builds?: [integer]}";
    private static final String DISTRIBUTION = "{id: integer, name: string}";
    private static final String PROJECT = "{name: string, clone_url: string, tags: [string], branches: [string]}";
    private static final String RELEASE =
            "{id: integer, status: integer, build_ids: [integer], plan?: dictionary, created_by: " + USER + "}";
    private static final String REPOSITORY = "{id: integer, name: string, arch: string, url: string, type: string,"
            + " debug?: boolean, production?: boolean, pulp_href?: boolean}";
    private static final String SIGN_KEY = "{id: integer, name: string, description: string, keyid: string,"
            + " public_url: string, inserted: datetime}";
    private static final String SIGN_TASK = "{id: integer, build_id: integer, sign_key: " + SIGN_KEY
            + ", status: integer, error_message?: string, log_href?: string}";
    private static final String TEST = "{id: integer, package_name: string, package_version: string,"
            + " package_release?: string, status: integer, revision: integer, alts_response: dictionary}";

    private static final HttpServer PUBLIC_KEYS = publicKeys();

    private static HttpServer publicKeys() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    static void stop() {
        PUBLIC_KEYS.stop(0);
    }

    private static TestApi client;
    private static String platform;
    private static long platformId;
    private static long buildId;
    private static long binaryTask;

    @BeforeAll
    static void buildsAPackage() {
        client = companion.admin();
        platform = Farm.unique("el9-");
        platformId = makePlatform(platform).path("id").asLong();
        buildId = build(platform, "tally");
        binaryTask =
                get("/builds/" + buildId + "/").path("tasks").get(1).path("id").asLong();
    }

    private static JsonNode ok(TestResponse answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 204);
        return answer.status() == 204 ? NullNode.getInstance() : answer.json();
    }

    private static void assertForm(String shape, JsonNode answer) {
        assertThat(FoundingShape.faults(shape, answer))
                .as(String.valueOf(answer))
                .isEmpty();
    }

    private static JsonNode get(String path) {
        return ok(client.get("/api/v1" + path));
    }

    private static JsonNode send(String method, String path, String body) {
        String url = "/api/v1" + path;
        if (body.isEmpty()) {
            return ok(client.send(method, url, null));
        }
        return ok(
                switch (method) {
                    case "POST" -> client.post(url, body);
                    case "PUT" -> client.put(url, body);
                    default -> client.patch(url, body);
                });
    }

    private static JsonNode makePlatform(String name) {
        return send("POST", "/platforms/", """
                {"name": "%s", "type": "rpm", "distr_type": "rhel", "distr_version": "9", "test_dist_name": "demo",
                 "arch_list": ["x86_64"],
                 "repos": {"name": "%s-base", "arch": "x86_64", "url": "https://mirror.slipway.example/%s/", "type": "rpm"},
                 "data": {"definitions": {"dist": ".el9"}}}
                """.formatted(name, name, name));
    }

    private static JsonNode ask(String name) {
        return ask(platform, name);
    }

    private static JsonNode ask(String platform, String name) {
        return send("POST", "/builds/", """
                {"build": {"platforms": [{"name": "%s", "arch_list": ["x86_64"]}],
                           "tasks": [{"url": "https://git.slipway.example/%s.git", "git_ref": "main"}], "linked_builds": []}}
                """.formatted(platform, name));
    }

    private static void cancel(long id) {
        send("PATCH", "/builds/" + id + "/cancel", "");
    }

    private static JsonNode task(String... arches) {
        return send(
                "POST",
                "/build_node/get_task",
                "{\"request\": {\"supported_arches\": [\"" + String.join("\", \"", arches) + "\"]}}");
    }

    private static JsonNode done(JsonNode task, String status, Path made) {
        try {
            String href = ok(client.putBytes("/api/v1/blobs/" + Farm.unique("made"), Files.readAllBytes(made)))
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

    private static long build(String platform, String name) {
        long id = ask(platform, name).path("id").asLong();
        done(task("src"), "done", SampleRpms.build(spec -> spec.name(name).source()));
        done(task("x86_64"), "done", SampleRpms.simple(name, "1.0", "x86_64"));
        return id;
    }

    private static String distribution(String platform) {
        String name = Farm.unique("dist");
        send(
                "POST",
                "/distributions/",
                "{\"distribution\": {\"name\": \"" + name + "\", \"platforms\": [\"" + platform + "\"]}}");
        return name;
    }

    // build node

    @Test
    void aNodePings() {
        JsonNode answer = send("POST", "/build_node/ping", "{\"node_status\": {\"active_tasks\": [1, 2, 3]}}");

        assertForm("{ok: boolean}", answer);
    }

    @Test
    void aNodeGetsATaskAndReportsIt() {
        ask("ensign");

        JsonNode source = task("src", "x86_64");
        JsonNode answer = done(
                source, "done", SampleRpms.build(spec -> spec.name("ensign").source()));
        JsonNode binary = task("src", "x86_64");
        done(binary, "failed", SampleRpms.simple("ensign", "1.0", "x86_64"));

        assertForm(NODE_TASK, source);
        assertForm("{ok: boolean}", answer);
        assertForm(NODE_TASK, binary);
    }

    @Test
    void aNodeIsToldThatThereIsNothing() {
        assertThat(task("s390x").isNull()).isTrue();
    }

    // builds

    @Test
    void aBuildIsAskedFor() {
        JsonNode build = ask("pennant");
        cancel(build.path("id").asLong());

        assertForm(BUILD, build);
        assertThat(build.path("tasks").get(0).path("status").asInt()).isZero();
    }

    @Test
    void aBuildOfOnePlatformAndOneSourceNeedsNoLists() {
        JsonNode build = send("POST", "/builds/", """
                {"build": {"platforms": {"name": "%s", "arch_list": ["x86_64"]},
                           "tasks": {"url": "https://git.slipway.example/jack.git", "git_ref": null}, "linked_builds": null}}
                """.formatted(platform));
        cancel(build.path("id").asLong());

        assertForm(BUILD, build);
    }

    @Test
    void aPageOfBuildsCountsThem() {
        assertForm(
                "{builds: [" + BUILD + "], total_builds?: integer, current_page?: integer}",
                get("/builds/?pageNumber=1"));
    }

    @Test
    void whatFailedInABuildIsRestarted() {
        long id = ask("guidon").path("id").asLong();
        done(task("src"), "failed", SampleRpms.build(spec -> spec.name("guidon").source()));

        JsonNode build = send("PATCH", "/builds/" + id + "/restart-failed", "");
        cancel(id);

        assertForm(BUILD, build);
        assertThat(build.path("tasks").get(0).path("status").asInt()).isZero();
    }

    @Test
    void aRemovedBuildIsAnsweredWith204() {
        long id = ask("burgee").path("id").asLong();
        cancel(id);

        assertThat(client.delete("/api/v1/builds/" + id + "/remove").status()).isEqualTo(204);
    }

    // everything that is read

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/builds/ | builds",
                "/builds/{build}/ | build",
                "/distributions/ | distributions",
                "/platforms/ | platforms",
                "/releases/ | releases",
                "/repositories/ | repositories",
                "/sign-keys/ | sign-keys",
                "/sign-tasks/?build_id={build} | sign-tasks",
                "/tests/{task}/latest | tests",
                "/tests/{task}/1 | tests",
                "/projects/alma | projects",
                "/projects/alma/modularity | projects",
                "/users/ | user",
                "/users/all_user | users",
            })
    void readsWhatTheDocumentSays(String path, String form) {
        makeOneOfEach();
        String url = path.replace("{build}", String.valueOf(buildId)).replace("{task}", String.valueOf(binaryTask));

        JsonNode answer = get(url);

        assertForm(form(form), answer);
        assertThat(answer.size()).as("something was read").isPositive();
        if (!url.contains("?")) {
            assertThat(get(url.endsWith("/") ? url.substring(0, url.length() - 1) : url + "/"))
                    .isEqualTo(answer);
        }
    }

    private static String form(String name) {
        return switch (name) {
            case "builds" -> "[" + BUILD + "]";
            case "build" -> BUILD;
            case "distributions" -> "[" + DISTRIBUTION + "]";
            case "platforms" -> "[" + PLATFORM + "]";
            case "releases" -> "[" + RELEASE + "]";
            case "repositories" -> "[" + REPOSITORY + "]";
            case "sign-keys" -> "[" + SIGN_KEY + "]";
            case "sign-tasks" -> "[" + SIGN_TASK + "]";
            case "tests" -> "[" + TEST + "]";
            case "projects" -> "[" + PROJECT + "]";
            case "users" -> "[" + USER + "]";
            default -> USER;
        };
    }

    private static boolean made;

    private static void makeOneOfEach() {
        if (!made) {
            made = true;
            new Farm(companion).run("projects.read");
            String distribution = distribution(platform);
            send("POST", "/distributions/add/" + buildId + "/" + distribution + "/", "");
            signTask(buildId, SampleKeys.fresh());
            release();
        }
    }

    // distributions

    @Test
    void aDistributionIsMade() {
        JsonNode answer = send("POST", "/distributions/", """
                {"distribution": {"name": "%s", "platforms": ["%s"]}}
                """.formatted(Farm.unique("dist"), platform));

        assertForm(DISTRIBUTION, answer);
    }

    @Test
    void aBuildIsAddedToADistributionAndRemoved() {
        String distribution = distribution(platform);

        JsonNode added = send("POST", "/distributions/add/" + buildId + "/" + distribution + "/", "");
        JsonNode removed = send("POST", "/distributions/remove/" + buildId + "/" + distribution + "/", "");

        assertThat(added.properties())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.getValue().isBoolean()).isTrue());
        assertThat(removed.properties())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.getValue().isBoolean()).isTrue());
    }

    // platforms

    @Test
    void aPlatformIsMade() {
        assertForm(PLATFORM, makePlatform(Farm.unique("el8-")));
    }

    @Test
    void aPlatformIsChangedByItsName() {
        String name = Farm.unique("el7-");
        makePlatform(name);

        JsonNode answer = send("PUT", "/platforms/", """
                {"name": "%s", "type": "rpm", "distr_type": "rhel", "distr_version": "7.9", "arch_list": ["x86_64", "i686"],
                 "repos": [{"name": "%s-base", "arch": "x86_64", "url": "https://mirror.slipway.example/7/", "type": "rpm"}],
                 "data": {}}
                """.formatted(name, name));

        assertForm(PLATFORM, answer);
        assertThat(answer.path("arch_list")).hasSize(2);
    }

    @Test
    void repositoriesAreAddedToAPlatformAndRemoved() {
        long repository = get("/repositories/").get(0).path("id").asLong();

        JsonNode added = send("PATCH", "/platforms/" + platformId + "/add-repositories", "[" + repository + "]");
        JsonNode removed = send("PATCH", "/platforms/" + platformId + "/remove-repositories", "[" + repository + "]");

        assertForm(PLATFORM, added);
        assertForm(PLATFORM, removed);
    }

    // releases

    /** Plans a release of a build for a platform that is in one distribution. */
    private static JsonNode release() {
        JsonNode own = makePlatform(Farm.unique("el6-"));
        String name = own.path("name").asText();
        long id = build(name, Farm.unique("released"));
        distribution(name);
        return send("POST", "/releases/new/", """
                {"builds": [%d], "platform_id": %d, "reference_platform_id": %d}
                """.formatted(id, own.path("id").asLong(), platformId));
    }

    @Test
    void aReleaseIsPlannedChangedAndCommitted() {
        JsonNode planned = release();
        String id = planned.path("id").asText();

        JsonNode changed =
                send("PUT", "/releases/" + id + "/", """
                {"builds": %s, "plan": %s}
                """.formatted(planned.path("build_ids"), planned.path("plan")));
        JsonNode committed = send("POST", "/releases/" + id + "/commit/", "");

        assertForm(RELEASE, planned);
        assertForm(RELEASE, changed);
        assertForm("{release: " + RELEASE + ", message: string}", committed);
    }

    @Test
    void aReleaseStaysAsItIsWhenAChangeNamesNothing() {
        JsonNode planned = release();

        JsonNode changed = send("PUT", "/releases/" + planned.path("id") + "/", "{}");

        assertThat(changed).isEqualTo(planned);
    }

    // repositories

    @Test
    void oneRepositoryIsRead() {
        long id = get("/repositories/").get(0).path("id").asLong();

        assertForm(REPOSITORY, get("/repositories/" + id + "/"));
    }

    @Test
    void aRepositoryThatIsNotThereIsNull() {
        assertThat(get("/repositories/987654/").isNull()).isTrue();
    }

    // sign keys

    @Test
    void aSignKeyIsMadeAndChanged() {
        SampleKey key = SampleKeys.fresh();
        JsonNode made = send("POST", "/sign-keys/new/", """
                {"name": "%s", "description": "For tests", "keyid": "%s", "fingerprint": "%s",
                 "public_url": "https://keys.slipway.example/one.asc"}
                """.formatted(
                        Farm.unique("key"),
                        key.certificate().keyId(),
                        key.certificate().fingerprint().hex()));

        JsonNode changed = send("PUT", "/sign-keys/" + made.path("id") + "/", """
                {"name": "%s", "description": "Changed", "keyid": "%s", "fingerprint": "%s",
                 "public_url": "https://keys.slipway.example/two.asc"}
                """.formatted(
                        Farm.unique("key"),
                        key.certificate().keyId(),
                        key.certificate().fingerprint().hex()));

        assertForm(SIGN_KEY, made);
        assertForm(SIGN_KEY, changed);
        assertThat(changed.path("description").asText()).isEqualTo("Changed");
    }

    // sign tasks

    private static JsonNode signTask(long build, SampleKey key) {
        return send("POST", "/sign-tasks/", """
                {"build_id": %d, "sign_key_id": %d}
                """.formatted(build, recorded(key)));
    }

    /** Records a key as the document has it: what it is, and where its public half can be had. */
    private static long recorded(SampleKey key) {
        return recorded(key, key);
    }

    private static long recorded(SampleKey key, SampleKey published) {
        String keyid = key.certificate().keyId();
        PUBLIC_KEYS.createContext("/" + keyid, exchange -> {
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
                                PUBLIC_KEYS.getAddress().getPort(),
                                keyid))
                .path("id")
                .asLong();
    }

    @Test
    void aSignTaskIsAskedForTakenAndEnded() {
        SampleKey key = SampleKeys.fresh();
        JsonNode asked = signTask(buildId, key);

        JsonNode taken = send(
                "POST",
                "/sign-tasks/get_sign_task/",
                "{\"key_ids\": [\"" + key.certificate().keyId() + "\"]}");
        JsonNode ended = send("POST", "/sign-tasks/" + taken.path("id") + "/complete/", """
                {"build_id": %d, "success": false, "error_message": "no agent", "log_href": "https://logs.slipway.example/1",
                 "packages": {"key_ids": ["%s"]}}
                """.formatted(
                        buildId, key.certificate().keyId()));

        assertForm(SIGN_TASK, asked);
        assertForm(
                "{id?: integer, build_id?: integer, keyid?: string, packages: [{id: integer, download_url: string}]}",
                taken);
        assertForm("{success: boolean}", ended);
    }

    @Test
    void aKeyThatIsNotTheOneAtItsAddressSignsNothing() {
        long key = recorded(SampleKeys.fresh(), SampleKeys.fresh());

        TestResponse answer = client.post("/api/v1/sign-tasks/", Map.of("build_id", buildId, "sign_key_id", key));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("has no certificate yet", "but the certificate's is");
        assertThat(companion.value("select certificate is null from sign_key where id = " + key))
                .isEqualTo("t");
    }

    @Test
    void aSignNodeIsToldThatThereIsNothing() {
        JsonNode answer = send("POST", "/sign-tasks/get_sign_task/", "{\"key_ids\": [\"0123456789ABCDEF\"]}");

        assertThat(answer.isObject()).isTrue();
        assertThat(answer).isEmpty();
    }

    // tests

    @Test
    void aTestIsDecidedAndRunAgain() {
        long build = build(platform, Farm.unique("tested"));
        String task =
                get("/builds/" + build + "/").path("tasks").get(1).path("id").asText();
        String test = get("/tests/" + task + "/latest").get(0).path("id").asText();

        send("POST", "/tests/" + test + "/result/", """
                {"result": {"api_version": "1.0", "result": {"install_package": {"success": true}}}}
                """);
        send("PUT", "/tests/build_task/" + task + "/restart", "");

        assertThat(get("/tests/" + task + "/1").get(0).path("status").asInt()).isEqualTo(3);
        assertThat(get("/tests/" + task + "/latest").get(0).path("revision").asInt())
                .isEqualTo(2);
    }

    @Test
    void theTestsOfABuildAreRunAgain() {
        long build = build(platform, Farm.unique("tested"));
        String task =
                get("/builds/" + build + "/").path("tasks").get(1).path("id").asText();
        String test = get("/tests/" + task + "/latest").get(0).path("id").asText();
        send("POST", "/tests/" + test + "/result/", """
                {"result": {"api_version": "1.0", "result": {"install_package": {"success": false}}}}
                """);

        send("PUT", "/tests/build/" + build + "/restart", "");

        assertThat(get("/tests/" + task + "/1").get(0).path("status").asInt()).isEqualTo(4);
        assertThat(get("/tests/" + task + "/2")).isNotEmpty();
    }
}

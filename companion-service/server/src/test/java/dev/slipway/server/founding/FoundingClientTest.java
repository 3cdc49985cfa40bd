package dev.slipway.server.founding;

import static dev.slipway.server.founding.FoundingForms.BUILD;
import static dev.slipway.server.founding.FoundingForms.DISTRIBUTION;
import static dev.slipway.server.founding.FoundingForms.NODE_TASK;
import static dev.slipway.server.founding.FoundingForms.PLATFORM;
import static dev.slipway.server.founding.FoundingForms.RELEASE;
import static dev.slipway.server.founding.FoundingForms.REPOSITORY;
import static dev.slipway.server.founding.FoundingForms.SIGN_KEY;
import static dev.slipway.server.founding.FoundingForms.SIGN_TASK;
import static dev.slipway.server.founding.FoundingForms.assertForm;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client written from the founding document alone meets every answer in the document's form. */
final class FoundingClientTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension(Map.of(
            "projects.catalogues",
            "alma=" + FoundingClient.sources() + " alma/modularity=" + FoundingClient.sources(),
            "sign-keys.private-addresses",
            "true"));

    private static FoundingClient client;
    private static String platform;
    private static long platformId;
    private static long buildId;
    private static long binaryTask;

    @BeforeAll
    static void buildsAPackage() {
        client = new FoundingClient(companion);
        platform = Farm.unique("el9-");
        platformId = client.makePlatform(platform).path("id").asLong();
        buildId = client.build(platform, "tally");
        binaryTask = client.get("/builds/" + buildId + "/")
                .path("tasks")
                .get(1)
                .path("id")
                .asLong();
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    // build node

    @Test
    void aNodePings() {
        JsonNode answer = client.send("POST", "/build_node/ping", "{\"node_status\": {\"active_tasks\": [1, 2, 3]}}");

        assertForm("{ok: boolean}", answer);
    }

    @Test
    void aNodeGetsATaskAndReportsIt() {
        client.ask(platform, "ensign");

        JsonNode source = client.task("src", "x86_64");
        JsonNode answer = client.done(
                source, "done", SampleRpms.build(spec -> spec.name("ensign").source()));
        JsonNode binary = client.task("src", "x86_64");
        client.done(binary, "failed", SampleRpms.simple("ensign", "1.0", "x86_64"));

        assertForm(NODE_TASK, source);
        assertForm("{ok: boolean}", answer);
        assertForm(NODE_TASK, binary);
    }

    @Test
    void aNodeIsToldThatThereIsNothing() {
        assertThat(client.task("s390x").isNull()).isTrue();
    }

    // builds

    @Test
    void aBuildIsAskedFor() {
        JsonNode build = client.ask(platform, "pennant");
        client.cancel(build.path("id").asLong());

        assertForm(BUILD, build);
        assertThat(build.path("tasks").get(0).path("status").asInt()).isZero();
    }

    @Test
    void aBuildOfOnePlatformAndOneSourceNeedsNoLists() {
        JsonNode build = client.send("POST", "/builds/", """
                {"build": {"platforms": {"name": "%s", "arch_list": ["x86_64"]},
                           "tasks": {"url": "https://git.slipway.example/jack.git", "git_ref": null}, "linked_builds": null}}
                """.formatted(platform));
        client.cancel(build.path("id").asLong());

        assertForm(BUILD, build);
    }

    @Test
    void aPageOfBuildsCountsThem() {
        assertForm(
                "{builds: [" + BUILD + "], total_builds?: integer, current_page?: integer}",
                client.get("/builds/?pageNumber=1"));
    }

    @Test
    void whatFailedInABuildIsRestarted() {
        long id = client.ask(platform, "guidon").path("id").asLong();
        client.done(
                client.task("src"),
                "failed",
                SampleRpms.build(spec -> spec.name("guidon").source()));

        JsonNode build = client.send("PATCH", "/builds/" + id + "/restart-failed", "");
        client.cancel(id);

        assertForm(BUILD, build);
        assertThat(build.path("tasks").get(0).path("status").asInt()).isZero();
    }

    @Test
    void aRemovedBuildIsAnsweredWith204() {
        long id = client.ask(platform, "burgee").path("id").asLong();
        client.cancel(id);

        assertThat(companion.admin().delete("/api/v1/builds/" + id + "/remove").status())
                .isEqualTo(204);
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

        JsonNode answer = client.get(url);

        assertForm(FoundingForms.of(form), answer);
        assertThat(answer.size()).as("something was read").isPositive();
        if (!url.contains("?")) {
            assertThat(client.get(url.endsWith("/") ? url.substring(0, url.length() - 1) : url + "/"))
                    .isEqualTo(answer);
        }
    }

    private static boolean made;

    private static void makeOneOfEach() {
        if (!made) {
            made = true;
            new Farm(companion).run("projects.read");
            String distribution = client.distribution(platform);
            client.send("POST", "/distributions/add/" + buildId + "/" + distribution + "/", "");
            client.signTask(buildId, SampleKeys.fresh());
            release();
        }
    }

    // distributions

    @Test
    void aDistributionIsMade() {
        JsonNode answer = client.send("POST", "/distributions/", """
                {"distribution": {"name": "%s", "platforms": ["%s"]}}
                """.formatted(Farm.unique("dist"), platform));

        assertForm(DISTRIBUTION, answer);
    }

    @Test
    void aBuildIsAddedToADistributionAndRemoved() {
        String distribution = client.distribution(platform);

        JsonNode added = client.send("POST", "/distributions/add/" + buildId + "/" + distribution + "/", "");
        JsonNode removed = client.send("POST", "/distributions/remove/" + buildId + "/" + distribution + "/", "");

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
        assertForm(PLATFORM, client.makePlatform(Farm.unique("el8-")));
    }

    @Test
    void aPlatformIsChangedByItsName() {
        String name = Farm.unique("el7-");
        client.makePlatform(name);

        JsonNode answer = client.send("PUT", "/platforms/", """
                {"name": "%s", "type": "rpm", "distr_type": "rhel", "distr_version": "7.9", "arch_list": ["x86_64", "i686"],
                 "repos": [{"name": "%s-base", "arch": "x86_64", "url": "https://mirror.slipway.example/7/", "type": "rpm"}],
                 "data": {}}
                """.formatted(name, name));

        assertForm(PLATFORM, answer);
        assertThat(answer.path("arch_list")).hasSize(2);
    }

    @Test
    void repositoriesAreAddedToAPlatformAndRemoved() {
        long repository = client.get("/repositories/").get(0).path("id").asLong();

        JsonNode added = client.send("PATCH", "/platforms/" + platformId + "/add-repositories", "[" + repository + "]");
        JsonNode removed =
                client.send("PATCH", "/platforms/" + platformId + "/remove-repositories", "[" + repository + "]");

        assertForm(PLATFORM, added);
        assertForm(PLATFORM, removed);
    }

    // releases

    /** Plans a release of a build for a platform that is in one distribution. */
    private static JsonNode release() {
        JsonNode own = client.makePlatform(Farm.unique("el6-"));
        String name = own.path("name").asText();
        long id = client.build(name, Farm.unique("released"));
        client.distribution(name);
        return client.send(
                "POST", "/releases/new/", """
                {"builds": [%d], "platform_id": %d, "reference_platform_id": %d}
                """.formatted(id, own.path("id").asLong(), platformId));
    }

    @Test
    void aReleaseIsPlannedChangedAndCommitted() {
        JsonNode planned = release();
        String id = planned.path("id").asText();

        JsonNode changed = client.send(
                "PUT", "/releases/" + id + "/", """
                {"builds": %s, "plan": %s}
                """.formatted(planned.path("build_ids"), planned.path("plan")));
        JsonNode committed = client.send("POST", "/releases/" + id + "/commit/", "");

        assertForm(RELEASE, planned);
        assertForm(RELEASE, changed);
        assertForm("{release: " + RELEASE + ", message: string}", committed);
    }

    @Test
    void aReleaseStaysAsItIsWhenAChangeNamesNothing() {
        JsonNode planned = release();

        JsonNode changed = client.send("PUT", "/releases/" + planned.path("id") + "/", "{}");

        assertThat(changed).isEqualTo(planned);
    }

    // repositories

    @Test
    void oneRepositoryIsRead() {
        long id = client.get("/repositories/").get(0).path("id").asLong();

        assertForm(REPOSITORY, client.get("/repositories/" + id + "/"));
    }

    @Test
    void aRepositoryThatIsNotThereIsNull() {
        assertThat(client.get("/repositories/987654/").isNull()).isTrue();
    }

    // sign keys

    @Test
    void aSignKeyIsMadeAndChanged() {
        SampleKey key = SampleKeys.fresh();
        JsonNode made = client.send("POST", "/sign-keys/new/", """
                {"name": "%s", "description": "For tests", "keyid": "%s", "fingerprint": "%s",
                 "public_url": "https://keys.slipway.example/one.asc"}
                """.formatted(
                        Farm.unique("key"),
                        key.certificate().keyId(),
                        key.certificate().fingerprint().hex()));

        JsonNode changed = client.send("PUT", "/sign-keys/" + made.path("id") + "/", """
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

    @Test
    void aSignTaskIsAskedForTakenAndEnded() {
        SampleKey key = SampleKeys.fresh();
        JsonNode asked = client.signTask(buildId, key);

        JsonNode taken = client.send(
                "POST",
                "/sign-tasks/get_sign_task/",
                "{\"key_ids\": [\"" + key.certificate().keyId() + "\"]}");
        JsonNode ended = client.send("POST", "/sign-tasks/" + taken.path("id") + "/complete/", """
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
        long key = client.recorded(SampleKeys.fresh(), SampleKeys.fresh());

        TestResponse answer =
                companion.admin().post("/api/v1/sign-tasks/", Map.of("build_id", buildId, "sign_key_id", key));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("has no certificate yet", "but the certificate's is");
        assertThat(companion.value("select certificate is null from sign_key where id = " + key))
                .isEqualTo("t");
    }

    @Test
    void aSignNodeIsToldThatThereIsNothing() {
        JsonNode answer = client.send("POST", "/sign-tasks/get_sign_task/", "{\"key_ids\": [\"0123456789ABCDEF\"]}");

        assertThat(answer.isObject()).isTrue();
        assertThat(answer).isEmpty();
    }

    // tests

    @Test
    void aTestIsDecidedAndRunAgain() {
        Tested tested = tested();

        client.send("POST", "/tests/" + tested.test() + "/result/", """
                {"result": {"api_version": "1.0", "result": {"install_package": {"success": true}}}}
                """);
        client.send("PUT", "/tests/build_task/" + tested.task() + "/restart", "");

        assertThat(client.get("/tests/" + tested.task() + "/1")
                        .get(0)
                        .path("status")
                        .asInt())
                .isEqualTo(3);
        assertThat(client.get("/tests/" + tested.task() + "/latest")
                        .get(0)
                        .path("revision")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void theTestsOfABuildAreRunAgain() {
        Tested tested = tested();
        client.send("POST", "/tests/" + tested.test() + "/result/", """
                {"result": {"api_version": "1.0", "result": {"install_package": {"success": false}}}}
                """);

        client.send("PUT", "/tests/build/" + tested.build() + "/restart", "");

        assertThat(client.get("/tests/" + tested.task() + "/1")
                        .get(0)
                        .path("status")
                        .asInt())
                .isEqualTo(4);
        assertThat(client.get("/tests/" + tested.task() + "/2")).isNotEmpty();
    }

    /** The ids of a build, of the task that made its package, and of that package's test. */
    private record Tested(long build, long task, long test) {}

    private static Tested tested() {
        long build = client.build(platform, Farm.unique("tested"));
        long task = client.get("/builds/" + build + "/")
                .path("tasks")
                .get(1)
                .path("id")
                .asLong();
        long test = client.get("/tests/" + task + "/latest").get(0).path("id").asLong();
        return new Tested(build, task, test);
    }
}

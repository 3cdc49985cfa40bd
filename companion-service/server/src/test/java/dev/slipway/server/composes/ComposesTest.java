package dev.slipway.server.composes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.builds.Build;
import dev.slipway.api.composes.Compose;
import dev.slipway.api.composes.ComposePage;
import dev.slipway.api.identity.Role;
import dev.slipway.api.repositories.Repository;
import dev.slipway.api.repositories.RepositoryChange;
import dev.slipway.api.repositories.RepositoryRequest;
import dev.slipway.packages.fixtures.SampleDebs;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.Inside;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Composes of repositories, over HTTP; which packages are signed plays no part here. */
final class ComposesTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final Farm farm = new Farm(companion);
    private static Inside inside;
    private static String tides;
    private static String debs;

    @BeforeAll
    static void repositories() {
        inside = Inside.of(companion);
        tides = repository("rpm", "x86_64", SampleRpms.simple("tide", "1", "noarch"), words("1"));
        debs = repository("deb", "amd64", SampleDebs.simple("sounding", "1.0-1", "amd64"));
    }

    @AfterAll
    static void close() {
        inside.close();
    }

    private static Path words(String version) {
        return SampleRpms.simple("words", version, "x86_64");
    }

    /** Makes a repository that holds these packages; its name. */
    private static String repository(String type, String arch, Path... packages) {
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
            ids.add(inside.ingest(each));
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
    private static Map<String, Object> of(String repository, Object... more) {
        Map<String, Object> request = new HashMap<>();
        request.put("source", Map.of("repositories", List.of(repository)));
        for (int i = 0; i < more.length; i += 2) {
            request.put((String) more[i], more[i + 1]);
        }
        return request;
    }

    private static TestResponse post(Map<String, Object> request) {
        return companion.admin().post("/api/v1/composes/", request);
    }

    private static Compose make(Map<String, Object> request) {
        return make(companion.admin(), request);
    }

    private static Compose make(TestApi api, Map<String, Object> request) {
        TestResponse made = api.post("/api/v1/composes/", request);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        farm.run("composes.generate");
        return get(made.as(Compose.class).id());
    }

    private static Compose get(long id) {
        return companion.admin().get("/api/v1/composes/" + id + "/").as(Compose.class);
    }

    private static TestResponse served(Compose compose, String path) {
        return companion.anonymous().get("/repos/composes/" + compose.id() + "/" + path);
    }

    private static void assertRefused(TestResponse answer, int status, String... because) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).contains(because);
    }

    private static String delete(TestApi api, Compose compose) {
        return String.valueOf(
                api.delete("/api/v1/composes/" + compose.id() + "/").status());
    }

    @Test
    void aComposeIsServedOnceItIsDone() {
        Compose compose = make(of(tides));

        assertThat(compose.stateName()).isEqualTo("done");
        assertThat(compose.packageCount()).isEqualTo(2);
        assertThat(compose.resultUrl()).isEqualTo(companion.url() + "/repos/composes/" + compose.id() + "/");
        assertThat(served(compose, "repodata/repomd.xml").status()).isEqualTo(200);
        assertThat(served(compose, "Packages/t/tide-1-1.noarch.rpm").status()).isEqualTo(200);
    }

    @Test
    void aNewComposeSaysWhereItIs() {
        TestResponse made = post(of(tides, "label", Farm.unique("label")));

        assertThat(made.header("Location"))
                .isEqualTo("/api/v1/composes/" + made.as(Compose.class).id() + "/");
    }

    @Test
    void namesNarrowWhatIsTaken() {
        Compose compose = make(Map.of("source", Map.of("repositories", List.of(tides), "packages", List.of("ti*"))));

        assertThat(compose.packageCount()).isEqualTo(1);
        assertThat(served(compose, "Packages/w/words-1-1.x86_64.rpm").status()).isEqualTo(404);
    }

    @Test
    void otherArchitecturesAreLeftOut() {
        Compose compose = make(of(tides, "arches", List.of("aarch64")));

        assertThat(compose.packageCount()).isEqualTo(1);
    }

    @Test
    void aComposeKeepsItsPackagesWhenTheRepositoryChanges() {
        String repository = repository("rpm", "x86_64", words("1"));
        Compose compose = make(of(repository));
        long id = Long.parseLong(companion.value("select id from repository where name = '" + repository + "'"));
        companion
                .admin()
                .patch(
                        "/api/v1/repositories/" + id + "/packages",
                        RepositoryChange.of(List.of(inside.ingest(words("2"))), List.of()));

        assertThat(served(compose, "Packages/w/words-2-1.x86_64.rpm").status()).isEqualTo(404);
        assertThat(make(of(repository)).contentHash()).isNotEqualTo(compose.contentHash());
    }

    @Test
    void anEqualRequestSharesWhatIsThere() {
        Compose first = make(of(tides));

        Compose second = make(of(tides));

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.reusedId()).isNotNull();
        assertThat(second.contentHash()).isEqualTo(first.contentHash());
        assertThat(publicationsOf(first)).isEqualTo("1");
    }

    private static String publicationsOf(Compose compose) {
        return companion.value("select count(distinct publication_id) from compose where content_hash = '"
                + compose.contentHash() + "' and publication_id is not null");
    }

    @Test
    void aSharedComposeIsDoneAtOnce() {
        make(of(tides));

        Compose second = post(of(tides)).as(Compose.class);

        assertThat(second.stateName()).isEqualTo("done");
    }

    @Test
    void eightEqualRequestsAtOnceMakeOnePublication() throws Exception {
        String repository = repository("rpm", "x86_64", SampleRpms.simple("ebb", "1", "noarch"));
        CyclicBarrier together = new CyclicBarrier(8);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Compose> made = new ArrayList<>();
        try {
            List<Future<TestResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(callers.submit(() -> {
                    together.await();
                    return post(of(repository));
                }));
            }
            for (Future<TestResponse> answer : answers) {
                assertThat(answer.get().status()).as(answer.get().toString()).isEqualTo(201);
                made.add(answer.get().as(Compose.class));
            }
        } finally {
            callers.shutdownNow();
        }
        farm.run("composes.generate");

        assertThat(made).extracting(each -> get(each.id()).stateName()).containsOnly("done");
        assertThat(publicationsOf(made.get(0))).isEqualTo("1");
    }

    @Test
    void noReuseMakesOneOfItsOwn() {
        Compose shared = make(of(tides));

        Compose alone = make(of(tides, "no_reuse", true));

        assertThat(alone.reusedId()).isNull();
        assertThat(publicationOf(alone)).isNotEqualTo(publicationOf(shared));
    }

    private static String publicationOf(Compose compose) {
        return companion.value("select publication_id from compose where id = " + compose.id());
    }

    @Test
    void anotherRequestDoesNotShareWhatWasMadeAlone() {
        String repository = repository("rpm", "x86_64", SampleRpms.simple("neap", "1", "noarch"));
        Compose alone = make(of(repository, "no_reuse", true));

        Compose other = make(of(repository));

        assertThat(other.reusedId()).isNull();
        assertThat(publicationOf(other)).isNotEqualTo(publicationOf(alone));
    }

    @Test
    void theSameRequestUnderOneIdempotencyKeyMakesOneCompose() {
        TestApi api = companion.admin().with("Idempotency-Key", Farm.unique("compose"));

        long first = api.post("/api/v1/composes/", of(tides)).as(Compose.class).id();
        long second = api.post("/api/v1/composes/", of(tides)).as(Compose.class).id();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void listsNewestFirst() {
        String label = Farm.unique("label");
        Compose first = make(of(tides, "label", label));
        Compose second = make(of(tides, "label", label));

        List<Compose> all =
                companion.admin().get("/api/v1/composes/?label=" + label).as(new TypeReference<List<Compose>>() {});

        assertThat(all).extracting(Compose::id).containsExactly(second.id(), first.id());
    }

    // acceptance case 7
    @Test
    void pagesSayHowManyThereAre() {
        String label = Farm.unique("label");
        make(of(tides, "label", label));
        Compose last = make(of(tides, "label", label));

        ComposePage page = companion
                .admin()
                .get("/api/v1/composes/?label=" + label + "&page_number=1&per_page=1")
                .as(ComposePage.class);

        assertThat(page.totalComposes()).isEqualTo(2);
        assertThat(page.composes()).extracting(Compose::id).containsExactly(last.id());
    }

    // acceptance case 7
    @Test
    void aPagePastTheEndIsEmpty() {
        JsonNode page = companion
                .admin()
                .get("/api/v1/composes/?label=nobody&page_number=7")
                .json();

        assertThat(page.path("composes")).isEmpty();
        assertThat(page.path("current_page").asInt()).isEqualTo(7);
    }

    @Test
    void listsByOwnerStateAndEvent() {
        String owner = Farm.unique("builder");
        String event = Farm.unique("event");
        Compose compose = make(companion.as(owner, Role.BUILDER), of(tides, "event", event));

        assertThat(ids("owner=" + owner)).containsExactly(compose.id());
        assertThat(ids("event=" + event)).containsExactly(compose.id());
        assertThat(ids("event=" + event + "&state=2")).containsExactly(compose.id());
        assertThat(ids("event=" + event + "&state=3")).isEmpty();
    }

    private static List<Long> ids(String query) {
        return companion.admin().get("/api/v1/composes/?" + query).as(new TypeReference<List<Compose>>() {}).stream()
                .map(Compose::id)
                .toList();
    }

    @Test
    void livesItsDefaultTimeFromWhenItWasMade() {
        Compose compose = make(of(tides));

        assertThat(compose.lifetimeSeconds()).isEqualTo(Duration.ofDays(1).toSeconds());
        Instant done = Objects.requireNonNull(compose.timeDone());
        assertThat(compose.timeToExpire()).isEqualTo(done.plus(Duration.ofDays(1)));
    }

    @Test
    void saysThatALifetimeWasCapped() {
        Compose compose = make(of(tides, "lifetime_seconds", 10_000_000));

        assertThat(compose.lifetimeSeconds()).isEqualTo(Duration.ofDays(3).toSeconds());
        assertThat(compose.stateReason()).contains("10000000");
    }

    @Test
    void refusesALifetimeThatIsNone() {
        TestResponse answer = post(of(tides, "lifetime_seconds", 0));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo("/lifetime_seconds");
    }

    private static TestResponse extend(Compose compose, long seconds) {
        return companion.admin().patch("/api/v1/composes/" + compose.id() + "/", Map.of("lifetime_seconds", seconds));
    }

    @Test
    void extendsAComposesLife() {
        Compose compose = make(of(tides));

        Compose after = extend(compose, Duration.ofDays(2).toSeconds()).as(Compose.class);

        assertThat(after.timeToExpire()).isEqualTo(companion.clock().instant().plus(Duration.ofDays(2)));
        assertThat(after.revision()).isGreaterThan(compose.revision());
    }

    @Test
    void extendingNeverShortens() {
        Compose compose = make(of(tides));

        Instant after = extend(compose, 60).as(Compose.class).timeToExpire();

        assertThat(after).isEqualTo(compose.timeToExpire());
    }

    // acceptance case 4
    @Test
    void refusesToExtendAStaleRevision() {
        Compose compose = make(of(tides));

        assertThat(companion
                        .admin()
                        .with("If-Match", "\"" + (compose.revision() - 1) + "\"")
                        .patch("/api/v1/composes/" + compose.id() + "/", Map.of())
                        .status())
                .isEqualTo(412);
    }

    @Test
    void refusesToExtendWhatIsGone() {
        Compose compose = make(of(tides));
        delete(companion.admin(), compose);

        assertRefused(extend(compose, 60), 409, "removed", "regenerate");
    }

    @Test
    void itsOwnerDeletesACompose() {
        String owner = Farm.unique("builder");
        TestApi api = companion.as(owner, Role.BUILDER);
        Compose compose = make(api, of(tides));

        assertThat(delete(api, compose)).isEqualTo("204");

        Compose after = get(compose.id());
        assertThat(after.stateName()).isEqualTo("removed");
        assertThat(after.removedBy()).isEqualTo(owner);
        assertThat(after.resultUrl()).isNull();
        assertThat(served(compose, "repodata/repomd.xml").status()).isIn(404, 410);
    }

    // acceptance case 14
    @Test
    void anotherBuilderCannotDeleteIt() {
        Compose compose = make(companion.as(Farm.unique("builder"), Role.BUILDER), of(tides));

        assertThat(delete(companion.as(Farm.unique("builder"), Role.BUILDER), compose))
                .isEqualTo("403");
        assertThat(get(compose.id()).stateName()).isEqualTo("done");
    }

    // acceptance case 14
    @Test
    void anAdministratorMayDeleteIt() {
        Compose compose = make(companion.as(Farm.unique("builder"), Role.BUILDER), of(tides));

        assertThat(delete(companion.admin(), compose)).isEqualTo("204");
    }

    @Test
    void deletingTwiceChangesNothingMore() {
        Compose compose = make(of(tides));
        delete(companion.admin(), compose);
        int revision = get(compose.id()).revision();

        assertThat(delete(companion.admin(), compose)).isEqualTo("204");
        assertThat(get(compose.id()).revision()).isEqualTo(revision);
    }

    @Test
    void expiresWhenItsTimeIsOver() {
        Compose compose = make(of(tides, "lifetime_seconds", 60));

        companion.clock().advance(Duration.ofSeconds(61));
        farm.run("composes.expire");

        Compose after = get(compose.id());
        assertThat(after.stateName()).isEqualTo("removed");
        assertThat(after.stateReason()).isEqualTo("expired");
        assertThat(after.removedBy()).isEqualTo("slipway");
        assertThat(served(compose, "repodata/repomd.xml").status()).isIn(404, 410);
    }

    @Test
    void aComposeThatSharesWithOneThatExpiredIsServedOn() {
        String repository = repository("rpm", "x86_64", SampleRpms.simple("spring", "1", "noarch"));
        make(of(repository, "lifetime_seconds", 60));
        Compose longer = make(of(repository, "lifetime_seconds", 3600));

        companion.clock().advance(Duration.ofSeconds(61));
        farm.run("composes.expire");
        farm.run("publications.sweep");

        assertThat(longer.reusedId()).isNotNull();
        assertThat(get(longer.id()).stateName()).isEqualTo("done");
        assertThat(served(longer, "repodata/repomd.xml").status()).isEqualTo(200);
    }

    @Test
    void regeneratesExactlyTheFormerBytes() {
        String repository = repository("rpm", "x86_64", SampleRpms.simple("surge", "1", "noarch"));
        Compose former = make(of(repository));
        byte[] repomd = served(former, "repodata/repomd.xml").bytes();
        delete(companion.admin(), former);
        companion.clock().advance(Duration.ofDays(30));
        farm.run("publications.sweep");

        TestResponse made = companion.admin().send("POST", "/api/v1/composes/" + former.id() + "/regenerate", null);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        farm.run("composes.generate");

        Compose again = get(made.as(Compose.class).id());
        assertThat(again.regeneratesId()).isEqualTo(former.id());
        assertThat(served(again, "repodata/repomd.xml").bytes()).isEqualTo(repomd);
    }

    @Test
    void regeneratesADebianComposeByteForByte() {
        Compose former = make(of(debs, "no_reuse", true));
        byte[] release = served(former, "dists/compose/Release").bytes();
        delete(companion.admin(), former);
        companion.clock().advance(Duration.ofDays(30));
        farm.run("publications.sweep");

        long id = companion
                .admin()
                .send("POST", "/api/v1/composes/" + former.id() + "/regenerate", null)
                .as(Compose.class)
                .id();
        farm.run("composes.generate");

        assertThat(served(get(id), "dists/compose/Release").bytes()).isEqualTo(release);
    }

    @Test
    void refusesToRegenerateWhatIsThere() {
        Compose compose = make(of(tides));

        assertRefused(
                companion.admin().send("POST", "/api/v1/composes/" + compose.id() + "/regenerate", null),
                409,
                "not gone");
    }

    @Test
    void refusesARequestThatComesToNothing() {
        assertRefused(post(of(repository("rpm", "x86_64"))), 422, "nothing to compose");
    }

    @Test
    void refusesARequestWithoutSources() {
        assertRefused(post(Map.of("source", Map.of())), 422, "at least one of");
    }

    @Test
    void namesAnUnknownRepository() {
        assertRefused(post(of("nowhere")), 422, "nowhere");
    }

    @Test
    void namesAnUnknownBuild() {
        assertRefused(post(Map.of("source", Map.of("builds", List.of(4711)))), 422, "4711");
    }

    @Test
    void namesAnUnknownDistribution() {
        assertRefused(post(Map.of("source", Map.of("distributions", List.of("atlantis")))), 422, "atlantis");
    }

    @Test
    void namesAnUnknownPlatform() {
        assertRefused(post(of(tides, "platform", "atlantis")), 422, "atlantis");
    }

    @Test
    void namesAPackageThatIsNotThere() {
        assertRefused(
                post(Map.of("source", Map.of("repositories", List.of(tides), "packages", List.of("tide", "tiede")))),
                422,
                "tiede");
    }

    @Test
    void refusesABuildThatIsStillRunning() {
        Build running = farm.build(farm.platform("rpm", "x86_64"), "running");

        assertRefused(post(Map.of("source", Map.of("builds", List.of(running.id())))), 409, "still running");
        farm.clear();
    }

    @Test
    void refusesRpmAndDebTogether() {
        assertRefused(post(Map.of("source", Map.of("repositories", List.of(tides, debs)))), 422, "both rpm and deb");
    }

    // acceptance case 82
    @Test
    void refusesTwoPackagesUnderOneName() {
        String other = repository(
                "rpm",
                "x86_64",
                SampleRpms.build(spec -> spec.name("words")
                        .version("1")
                        .arch("x86_64")
                        .description("Other bytes.")
                        .file("/usr/share/words/data", "words\n")));

        TestResponse answer = post(Map.of("source", Map.of("repositories", List.of(tides, other))));

        assertThat(answer.problem()).isEqualTo("package-conflict");
        assertRefused(answer, 409, "words-1-1.x86_64", tides, other);
    }

    @Test
    void refusesALabelOfTwoLines() {
        assertRefused(post(of(tides, "label", "one\ntwo")), 422, "label");
    }

    @Test
    void refusesAnUnknownKey() {
        assertRefused(post(of(tides, "sign_keys", List.of("0123456789ABCDEF"))), 422, "0123456789ABCDEF");
    }

    @Test
    void doesNotKnowAComposeThatIsNotThere() {
        assertThat(companion.admin().get("/api/v1/composes/4711").status()).isEqualTo(404);
    }

    @Test
    void tellsThatAComposeIsUnchanged() {
        Compose compose = make(of(tides));
        String tag = companion.admin().get("/api/v1/composes/" + compose.id()).header("ETag");

        assertThat(companion
                        .admin()
                        .with("If-None-Match", tag)
                        .get("/api/v1/composes/" + compose.id())
                        .status())
                .isEqualTo(304);
    }

    private static TestResponse repofile(Compose compose) {
        String url = Objects.requireNonNull(compose.resultRepofile());
        return companion
                .anonymous()
                .get(url.substring(companion.url().toString().length()));
    }

    @Test
    void servesAFileThatMakesAMachineAClientOfIt() {
        Compose compose = make(of(tides));

        TestResponse file = repofile(compose);

        assertThat(file.text()).isEqualTo("""
                [slipway-composes-%1$d]
                name=Slipway composes/%1$d
                baseurl=%2$s
                enabled=1
                gpgcheck=0
                repo_gpgcheck=0
                """.formatted(compose.id(), compose.resultUrl()));
    }

    @Test
    void servesAFileThatMakesADebianMachineAClientOfIt() {
        Compose compose = make(of(debs));

        TestResponse file = repofile(compose);

        assertThat(compose.resultRepofile()).endsWith("/slipway.sources");
        assertThat(file.text()).isEqualTo("""
                Types: deb deb-src
                URIs: %s
                Suites: compose
                Components: main
                Trusted: yes
                """.formatted(compose.resultUrl()));
    }

    @Test
    void everyChangeOfStateIsAnnounced() {
        Compose compose = make(of(tides, "no_reuse", true));
        delete(companion.admin(), compose);

        assertThat(companion.value("select string_agg(type, ' ' order by id) from outbox_event where subject_kind ="
                        + " 'compose' and subject_id = " + compose.id()))
                .isEqualTo("compose.wait compose.generating compose.done compose.removed");
    }
}

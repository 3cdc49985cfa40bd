package dev.slipway.server.composes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.composes.Compose;
import dev.slipway.api.identity.Role;
import dev.slipway.api.repositories.RepositoryChange;
import dev.slipway.packages.fixtures.SampleDebs;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

/** What becomes of composes, from the request to their end; which packages are signed plays no part here. */
final class ComposesTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final ComposeClient composes = new ComposeClient(companion);
    private static String tides;
    private static String debs;

    @BeforeAll
    static void repositories() {
        tides = composes.repository(
                "rpm", "x86_64", SampleRpms.simple("tide", "1", "noarch"), ComposeClient.words("1"));
        debs = composes.repository("deb", "amd64", SampleDebs.simple("sounding", "1.0-1", "amd64"));
    }

    @AfterAll
    static void close() {
        composes.close();
    }

    @Test
    void aComposeIsServedOnceItIsDone() {
        Compose compose = composes.make(ComposeClient.of(tides));

        assertThat(compose.stateName()).isEqualTo("done");
        assertThat(compose.packageCount()).isEqualTo(2);
        assertThat(compose.resultUrl()).isEqualTo(companion.url() + "/repos/composes/" + compose.id() + "/");
        assertThat(composes.served(compose, "repodata/repomd.xml").status()).isEqualTo(200);
        assertThat(composes.served(compose, "Packages/t/tide-1-1.noarch.rpm").status())
                .isEqualTo(200);
    }

    @Test
    void aNewComposeSaysWhereItIs() {
        TestResponse made = composes.post(ComposeClient.of(tides, "label", Farm.unique("label")));

        assertThat(made.header("Location"))
                .isEqualTo("/api/v1/composes/" + made.as(Compose.class).id() + "/");
    }

    @Test
    void aComposeKeepsItsPackagesWhenTheRepositoryChanges() {
        String repository = composes.repository("rpm", "x86_64", ComposeClient.words("1"));
        Compose compose = composes.make(ComposeClient.of(repository));
        long id = Long.parseLong(companion.value("select id from repository where name = '" + repository + "'"));
        companion
                .admin()
                .patch(
                        "/api/v1/repositories/" + id + "/packages",
                        RepositoryChange.of(List.of(composes.ingest(ComposeClient.words("2"))), List.of()));

        assertThat(composes.served(compose, "Packages/w/words-2-1.x86_64.rpm").status())
                .isEqualTo(404);
        assertThat(composes.make(ComposeClient.of(repository)).contentHash()).isNotEqualTo(compose.contentHash());
    }

    @Test
    void anEqualRequestSharesWhatIsThere() {
        Compose first = composes.make(ComposeClient.of(tides));

        Compose second = composes.make(ComposeClient.of(tides));

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
        composes.make(ComposeClient.of(tides));

        Compose second = composes.post(ComposeClient.of(tides)).as(Compose.class);

        assertThat(second.stateName()).isEqualTo("done");
    }

    @Test
    void eightEqualRequestsAtOnceMakeOnePublication() throws Exception {
        String repository = composes.repository("rpm", "x86_64", SampleRpms.simple("ebb", "1", "noarch"));
        CyclicBarrier together = new CyclicBarrier(8);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Compose> made = new ArrayList<>();
        try {
            List<Future<TestResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(callers.submit(() -> {
                    together.await();
                    return composes.post(ComposeClient.of(repository));
                }));
            }
            for (Future<TestResponse> answer : answers) {
                assertThat(answer.get().status()).as(answer.get().toString()).isEqualTo(201);
                made.add(answer.get().as(Compose.class));
            }
        } finally {
            callers.shutdownNow();
        }
        composes.farm().run("composes.generate");

        assertThat(made).extracting(each -> composes.get(each.id()).stateName()).containsOnly("done");
        assertThat(publicationsOf(made.get(0))).isEqualTo("1");
    }

    @Test
    void noReuseMakesOneOfItsOwn() {
        Compose shared = composes.make(ComposeClient.of(tides));

        Compose alone = composes.make(ComposeClient.of(tides, "no_reuse", true));

        assertThat(alone.reusedId()).isNull();
        assertThat(publicationOf(alone)).isNotEqualTo(publicationOf(shared));
    }

    private static String publicationOf(Compose compose) {
        return companion.value("select publication_id from compose where id = " + compose.id());
    }

    @Test
    void anotherRequestDoesNotShareWhatWasMadeAlone() {
        String repository = composes.repository("rpm", "x86_64", SampleRpms.simple("neap", "1", "noarch"));
        Compose alone = composes.make(ComposeClient.of(repository, "no_reuse", true));

        Compose other = composes.make(ComposeClient.of(repository));

        assertThat(other.reusedId()).isNull();
        assertThat(publicationOf(other)).isNotEqualTo(publicationOf(alone));
    }

    @Test
    void livesItsDefaultTimeFromWhenItWasMade() {
        Compose compose = composes.make(ComposeClient.of(tides));

        assertThat(compose.lifetimeSeconds()).isEqualTo(Duration.ofDays(1).toSeconds());
        Instant done = Objects.requireNonNull(compose.timeDone());
        assertThat(compose.timeToExpire()).isEqualTo(done.plus(Duration.ofDays(1)));
    }

    private static TestResponse extend(Compose compose, long seconds) {
        return companion.admin().patch("/api/v1/composes/" + compose.id() + "/", Map.of("lifetime_seconds", seconds));
    }

    @Test
    void extendsAComposesLife() {
        Compose compose = composes.make(ComposeClient.of(tides));

        Compose after = extend(compose, Duration.ofDays(2).toSeconds()).as(Compose.class);

        assertThat(after.timeToExpire()).isEqualTo(companion.clock().instant().plus(Duration.ofDays(2)));
        assertThat(after.revision()).isGreaterThan(compose.revision());
    }

    @Test
    void extendingNeverShortens() {
        Compose compose = composes.make(ComposeClient.of(tides));

        Instant after = extend(compose, 60).as(Compose.class).timeToExpire();

        assertThat(after).isEqualTo(compose.timeToExpire());
    }

    // acceptance case 4
    @Test
    void refusesToExtendAStaleRevision() {
        Compose compose = composes.make(ComposeClient.of(tides));

        assertThat(companion
                        .admin()
                        .with("If-Match", "\"" + (compose.revision() - 1) + "\"")
                        .patch("/api/v1/composes/" + compose.id() + "/", Map.of())
                        .status())
                .isEqualTo(412);
    }

    @Test
    void refusesToExtendWhatIsGone() {
        Compose compose = composes.make(ComposeClient.of(tides));
        composes.delete(companion.admin(), compose);

        ComposeClient.assertRefused(extend(compose, 60), 409, "removed", "regenerate");
    }

    @Test
    void itsOwnerDeletesACompose() {
        String owner = Farm.unique("builder");
        TestApi api = companion.as(owner, Role.BUILDER);
        Compose compose = composes.make(api, ComposeClient.of(tides));

        assertThat(composes.delete(api, compose)).isEqualTo("204");

        Compose after = composes.get(compose.id());
        assertThat(after.stateName()).isEqualTo("removed");
        assertThat(after.removedBy()).isEqualTo(owner);
        assertThat(after.resultUrl()).isNull();
        assertThat(composes.served(compose, "repodata/repomd.xml").status()).isIn(404, 410);
    }

    // acceptance case 14
    @Test
    void anotherBuilderCannotDeleteIt() {
        Compose compose = composes.make(companion.as(Farm.unique("builder"), Role.BUILDER), ComposeClient.of(tides));

        assertThat(composes.delete(companion.as(Farm.unique("builder"), Role.BUILDER), compose))
                .isEqualTo("403");
        assertThat(composes.get(compose.id()).stateName()).isEqualTo("done");
    }

    // acceptance case 14
    @Test
    void anAdministratorMayDeleteIt() {
        Compose compose = composes.make(companion.as(Farm.unique("builder"), Role.BUILDER), ComposeClient.of(tides));

        assertThat(composes.delete(companion.admin(), compose)).isEqualTo("204");
    }

    @Test
    void deletingTwiceChangesNothingMore() {
        Compose compose = composes.make(ComposeClient.of(tides));
        composes.delete(companion.admin(), compose);
        int revision = composes.get(compose.id()).revision();

        assertThat(composes.delete(companion.admin(), compose)).isEqualTo("204");
        assertThat(composes.get(compose.id()).revision()).isEqualTo(revision);
    }

    @Test
    void expiresWhenItsTimeIsOver() {
        Compose compose = composes.make(ComposeClient.of(tides, "lifetime_seconds", 60));

        companion.clock().advance(Duration.ofSeconds(61));
        composes.farm().run("composes.expire");

        Compose after = composes.get(compose.id());
        assertThat(after.stateName()).isEqualTo("removed");
        assertThat(after.stateReason()).isEqualTo("expired");
        assertThat(after.removedBy()).isEqualTo("slipway");
        assertThat(composes.served(compose, "repodata/repomd.xml").status()).isIn(404, 410);
    }

    @Test
    void aComposeThatSharesWithOneThatExpiredIsServedOn() {
        String repository = composes.repository("rpm", "x86_64", SampleRpms.simple("spring", "1", "noarch"));
        composes.make(ComposeClient.of(repository, "lifetime_seconds", 60));
        Compose longer = composes.make(ComposeClient.of(repository, "lifetime_seconds", 3600));

        companion.clock().advance(Duration.ofSeconds(61));
        composes.farm().run("composes.expire");
        composes.farm().run("publications.sweep");

        assertThat(longer.reusedId()).isNotNull();
        assertThat(composes.get(longer.id()).stateName()).isEqualTo("done");
        assertThat(composes.served(longer, "repodata/repomd.xml").status()).isEqualTo(200);
    }

    @Test
    void regeneratesExactlyTheFormerBytes() {
        String repository = composes.repository("rpm", "x86_64", SampleRpms.simple("surge", "1", "noarch"));
        Compose former = composes.make(ComposeClient.of(repository));
        byte[] repomd = composes.served(former, "repodata/repomd.xml").bytes();
        composes.delete(companion.admin(), former);
        companion.clock().advance(Duration.ofDays(30));
        composes.farm().run("publications.sweep");

        TestResponse made = companion.admin().send("POST", "/api/v1/composes/" + former.id() + "/regenerate", null);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        composes.farm().run("composes.generate");

        Compose again = composes.get(made.as(Compose.class).id());
        assertThat(again.regeneratesId()).isEqualTo(former.id());
        assertThat(composes.served(again, "repodata/repomd.xml").bytes()).isEqualTo(repomd);
    }

    @Test
    void regeneratesADebianComposeByteForByte() {
        Compose former = composes.make(ComposeClient.of(debs, "no_reuse", true));
        byte[] release = composes.served(former, "dists/compose/Release").bytes();
        composes.delete(companion.admin(), former);
        companion.clock().advance(Duration.ofDays(30));
        composes.farm().run("publications.sweep");

        long id = companion
                .admin()
                .send("POST", "/api/v1/composes/" + former.id() + "/regenerate", null)
                .as(Compose.class)
                .id();
        composes.farm().run("composes.generate");

        assertThat(composes.served(composes.get(id), "dists/compose/Release").bytes())
                .isEqualTo(release);
    }

    @Test
    void refusesToRegenerateWhatIsThere() {
        Compose compose = composes.make(ComposeClient.of(tides));

        ComposeClient.assertRefused(
                companion.admin().send("POST", "/api/v1/composes/" + compose.id() + "/regenerate", null),
                409,
                "not gone");
    }

    private static TestResponse repofile(Compose compose) {
        String url = Objects.requireNonNull(compose.resultRepofile());
        return companion
                .anonymous()
                .get(url.substring(companion.url().toString().length()));
    }

    @Test
    void servesAFileThatMakesAMachineAClientOfIt() {
        Compose compose = composes.make(ComposeClient.of(tides));

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
        Compose compose = composes.make(ComposeClient.of(debs));

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
        Compose compose = composes.make(ComposeClient.of(tides, "no_reuse", true));
        composes.delete(companion.admin(), compose);

        assertThat(companion.value("select string_agg(type, ' ' order by id) from outbox_event where subject_kind ="
                        + " 'compose' and subject_id = " + compose.id()))
                .isEqualTo("compose.wait compose.generating compose.done compose.removed");
    }
}

package dev.slipway.server.composes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.builds.Build;
import dev.slipway.api.composes.Compose;
import dev.slipway.api.composes.ComposePage;
import dev.slipway.api.identity.Role;
import dev.slipway.packages.fixtures.SampleDebs;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which packages a request for a compose means, which requests are none, and how composes are found. */
final class ComposeRequestsTest {
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
    void namesNarrowWhatIsTaken() {
        Compose compose =
                composes.make(Map.of("source", Map.of("repositories", List.of(tides), "packages", List.of("ti*"))));

        assertThat(compose.packageCount()).isEqualTo(1);
        assertThat(composes.served(compose, "Packages/w/words-1-1.x86_64.rpm").status())
                .isEqualTo(404);
    }

    @Test
    void otherArchitecturesAreLeftOut() {
        Compose compose = composes.make(ComposeClient.of(tides, "arches", List.of("aarch64")));

        assertThat(compose.packageCount()).isEqualTo(1);
    }

    @Test
    void theSameRequestUnderOneIdempotencyKeyMakesOneCompose() {
        TestApi api = companion.admin().with("Idempotency-Key", Farm.unique("compose"));

        long first = api.post("/api/v1/composes/", ComposeClient.of(tides))
                .as(Compose.class)
                .id();
        long second = api.post("/api/v1/composes/", ComposeClient.of(tides))
                .as(Compose.class)
                .id();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void listsNewestFirst() {
        String label = Farm.unique("label");
        Compose first = composes.make(ComposeClient.of(tides, "label", label));
        Compose second = composes.make(ComposeClient.of(tides, "label", label));

        List<Compose> all =
                companion.admin().get("/api/v1/composes/?label=" + label).as(new TypeReference<List<Compose>>() {});

        assertThat(all).extracting(Compose::id).containsExactly(second.id(), first.id());
    }

    // acceptance case 7
    @Test
    void pagesSayHowManyThereAre() {
        String label = Farm.unique("label");
        composes.make(ComposeClient.of(tides, "label", label));
        Compose last = composes.make(ComposeClient.of(tides, "label", label));

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
        Compose compose = composes.make(companion.as(owner, Role.BUILDER), ComposeClient.of(tides, "event", event));

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
    void saysThatALifetimeWasCapped() {
        Compose compose = composes.make(ComposeClient.of(tides, "lifetime_seconds", 10_000_000));

        assertThat(compose.lifetimeSeconds()).isEqualTo(Duration.ofDays(3).toSeconds());
        assertThat(compose.stateReason()).contains("10000000");
    }

    @Test
    void refusesALifetimeThatIsNone() {
        TestResponse answer = composes.post(ComposeClient.of(tides, "lifetime_seconds", 0));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo("/lifetime_seconds");
    }

    @Test
    void refusesARequestThatComesToNothing() {
        ComposeClient.assertRefused(
                composes.post(ComposeClient.of(composes.repository("rpm", "x86_64"))), 422, "nothing to compose");
    }

    @Test
    void refusesARequestWithoutSources() {
        ComposeClient.assertRefused(composes.post(Map.of("source", Map.of())), 422, "at least one of");
    }

    @Test
    void namesAnUnknownRepository() {
        ComposeClient.assertRefused(composes.post(ComposeClient.of("nowhere")), 422, "nowhere");
    }

    @Test
    void namesAnUnknownBuild() {
        ComposeClient.assertRefused(composes.post(Map.of("source", Map.of("builds", List.of(4711)))), 422, "4711");
    }

    @Test
    void namesAnUnknownDistribution() {
        ComposeClient.assertRefused(
                composes.post(Map.of("source", Map.of("distributions", List.of("atlantis")))), 422, "atlantis");
    }

    @Test
    void namesAnUnknownPlatform() {
        ComposeClient.assertRefused(composes.post(ComposeClient.of(tides, "platform", "atlantis")), 422, "atlantis");
    }

    @Test
    void namesAPackageThatIsNotThere() {
        ComposeClient.assertRefused(
                composes.post(
                        Map.of("source", Map.of("repositories", List.of(tides), "packages", List.of("tide", "tiede")))),
                422,
                "tiede");
    }

    @Test
    void refusesABuildThatIsStillRunning() {
        Build running = composes.farm().build(composes.farm().platform("rpm", "x86_64"), "running");

        ComposeClient.assertRefused(
                composes.post(Map.of("source", Map.of("builds", List.of(running.id())))), 409, "still running");
        composes.farm().clear();
    }

    @Test
    void refusesRpmAndDebTogether() {
        ComposeClient.assertRefused(
                composes.post(Map.of("source", Map.of("repositories", List.of(tides, debs)))), 422, "both rpm and deb");
    }

    // acceptance case 82
    @Test
    void refusesTwoPackagesUnderOneName() {
        String other = composes.repository(
                "rpm",
                "x86_64",
                SampleRpms.build(spec -> spec.name("words")
                        .version("1")
                        .arch("x86_64")
                        .description("Other bytes.")
                        .file("/usr/share/words/data", "words\n")));

        TestResponse answer = composes.post(Map.of("source", Map.of("repositories", List.of(tides, other))));

        assertThat(answer.problem()).isEqualTo("package-conflict");
        ComposeClient.assertRefused(answer, 409, "words-1-1.x86_64", tides, other);
    }

    @Test
    void refusesALabelOfTwoLines() {
        ComposeClient.assertRefused(composes.post(ComposeClient.of(tides, "label", "one\ntwo")), 422, "label");
    }

    @Test
    void refusesAnUnknownKey() {
        ComposeClient.assertRefused(
                composes.post(ComposeClient.of(tides, "sign_keys", List.of("0123456789ABCDEF"))),
                422,
                "0123456789ABCDEF");
    }

    @Test
    void doesNotKnowAComposeThatIsNotThere() {
        assertThat(companion.admin().get("/api/v1/composes/4711").status()).isEqualTo(404);
    }

    @Test
    void tellsThatAComposeIsUnchanged() {
        Compose compose = composes.make(ComposeClient.of(tides));
        String tag = companion.admin().get("/api/v1/composes/" + compose.id()).header("ETag");

        assertThat(companion
                        .admin()
                        .with("If-None-Match", tag)
                        .get("/api/v1/composes/" + compose.id())
                        .status())
                .isEqualTo(304);
    }
}

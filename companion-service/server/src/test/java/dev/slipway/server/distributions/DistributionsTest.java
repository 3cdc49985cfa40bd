package dev.slipway.server.distributions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.builds.Build;
import dev.slipway.api.distributions.Distribution;
import dev.slipway.api.distributions.DistributionPage;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestWorker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Distributions over HTTP. */
final class DistributionsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Farm farm = new Farm(companion);
    private final String name = Farm.unique("dist");
    private final String pkg = Farm.unique("tide");

    private String platform(String type, String... arches) {
        return farm.platform(type, Map.of("tests", "none"), arches);
    }

    private static TestResponse create(String name, String... platforms) {
        return companion.admin().post("/api/v1/distributions/", Map.of("name", name, "platforms", List.of(platforms)));
    }

    private long build(String platform) {
        farm.clear();
        TestWorker worker = farm.worker("src", "x86_64", "amd64");
        Build build = farm.build(platform, pkg);
        for (ClaimedTask task = worker.tryClaim(); task != null; task = worker.tryClaim()) {
            worker.succeed(task, pkg);
        }
        assertThat(farm.get(build.id()).state()).isEqualTo("succeeded");
        return build.id();
    }

    private static TestResponse order(String what, long build, String distribution) {
        return companion
                .admin()
                .send("POST", "/api/v1/distributions/" + what + "/" + build + "/" + distribution + "/", null);
    }

    private static void awaitServed(String path, String text, boolean there) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            TestResponse answer = companion.anonymous().get(path);
            assertThat(answer.status()).isEqualTo(200);
            String content = path.endsWith(".gz") ? unpacked(answer.bytes()) : answer.text();
            assertThat(content.contains(text)).as(content).isEqualTo(there);
        });
    }

    private static String unpacked(byte[] packed) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isServedEmptyAndValidFromTheStart() {
        String rpm = platform("rpm", "x86_64");
        String deb = platform("deb", "amd64");

        TestResponse made = create(name, rpm, deb);

        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.as(Distribution.class).platforms()).containsExactlyInAnyOrder(rpm, deb);
        for (String channel : List.of("/src", "/x86_64", "/x86_64-debug")) {
            awaitServed("/repos/" + name + "/" + rpm + channel + "/repodata/repomd.xml", "primary", true);
        }
        awaitServed("/repos/" + name + "/" + deb + "/dists/" + deb + "/Release", "Suite: " + deb, true);
    }

    @Test
    void takesABuildInAndOutAgain() {
        String platform = platform("deb", "amd64");
        assertThat(create(name, platform).status()).isEqualTo(201);
        long build = build(platform);
        String packages = "/repos/" + name + "/" + platform + "/dists/" + platform + "/main/binary-amd64/Packages.gz";

        assertThat(order("add", build, name).status()).isEqualTo(200);
        awaitServed(packages, "Package: " + pkg, true);
        assertThat(order("add", build, name).status()).isEqualTo(409);
        assertThat(companion
                        .admin()
                        .delete("/api/v1/builds/" + build + "/remove")
                        .status())
                .isEqualTo(409);

        assertThat(order("remove", build, name).status()).isEqualTo(200);
        awaitServed(packages, "Package: " + pkg, false);
        assertThat(order("remove", build, name).status()).isEqualTo(409);
    }

    @Test
    void refusesABuildForNoneOfItsPlatforms() {
        assertThat(create(name, platform("rpm", "x86_64")).status()).isEqualTo(201);
        long build = build(platform("rpm", "x86_64"));

        TestResponse answer = order("add", build, name);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("detail").asText()).contains("has no packages for the platforms");
    }

    @Test
    void refusesABuildThatStillRuns() {
        String platform = platform("rpm", "x86_64");
        assertThat(create(name, platform).status()).isEqualTo(201);

        assertThat(order("add", farm.build(platform, pkg).id(), name).status()).isEqualTo(409);
    }

    @Test
    void knowsNoOtherBuildsAndDistributions() {
        assertThat(create(name, platform("rpm", "x86_64")).status()).isEqualTo(201);

        assertThat(order("add", 999_999, name).status()).isEqualTo(404);
        assertThat(order("add", 1, "nowhere").status()).isEqualTo(404);
        assertThat(order("remove", 1, "nowhere").status()).isEqualTo(404);
    }

    @Test
    void refusesASecondOfTheSameName() {
        String platform = platform("rpm", "x86_64");
        assertThat(create(name, platform).status()).isEqualTo(201);

        assertThat(create(name, platform).problem()).isEqualTo("already-exists");
    }

    @Test
    void listsByNameAndByPage() {
        String platform = platform("rpm", "x86_64");
        create(name, platform);

        TestResponse all = companion.admin().get("/api/v1/distributions/");
        DistributionPage page = companion
                .admin()
                .get("/api/v1/distributions/?page_number=1&per_page=1")
                .as(DistributionPage.class);

        assertThat(all.json().findValuesAsText("name")).contains(name).isSorted();
        assertThat(page.distributions()).hasSize(1);
        assertThat(page.totalDistributions()).isEqualTo(all.json().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\": \"builds\", \"platforms\": [\"%s\"]}",
                "{\"name\": \"../up\", \"platforms\": [\"%s\"]}",
                "{\"name\": \"fine\", \"platforms\": []}",
                "{\"name\": \"fine\", \"platforms\": [\"nowhere\"]}",
                "{\"name\": \"fine\", \"platforms\": [\"%s\"], \"sign_key\": \"0123456789ABCDEF\"}"
            })
    void saysWhatIsWrongWithARequest(String body) {
        TestResponse answer =
                companion.admin().post("/api/v1/distributions/", body.formatted(platform("rpm", "x86_64")));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(companion.value("select count(*) from distribution where name = 'fine'"))
                .isEqualTo("0");
    }
}

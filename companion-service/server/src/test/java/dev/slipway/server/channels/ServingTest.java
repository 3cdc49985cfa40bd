package dev.slipway.server.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.repositories.Repository;
import dev.slipway.api.repositories.RepositoryChange;
import dev.slipway.api.repositories.RepositoryRequest;
import dev.slipway.packages.fixtures.Dnf;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Inside;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories over HTTP, as package managers meet them. */
final class ServingTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path TIDE = SampleRpms.simple("tide", "1", "noarch");
    private static final String TIDE_PATH = "Packages/t/tide-1-1.noarch.rpm";

    private static Inside inside;
    private static long tide;
    private static long words;

    @BeforeAll
    static void packages() {
        inside = Inside.of(companion);
        tide = inside.ingest(TIDE);
        words = inside.ingest(SampleRpms.simple("words", "1", "noarch"));
    }

    @AfterAll
    static void close() {
        inside.close();
    }

    private static Repository make(String name) {
        TestResponse made = companion
                .admin()
                .post(
                        "/api/v1/repositories/",
                        new RepositoryRequest(
                                name, "noarch", "rpm", null, null, null, name, null, null, null, null, null, null, null,
                                null));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        publish();
        return made.as(Repository.class);
    }

    private static void change(Repository repository, List<Long> add, List<Long> remove) {
        TestResponse changed = companion
                .admin()
                .patch("/api/v1/repositories/" + repository.id() + "/packages", RepositoryChange.of(add, remove));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        publish();
    }

    private static void publish() {
        try {
            companion.companion().background().runNow("channels.publish");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    private static HttpResponse<byte[]> send(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(companion.url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static String primaryPath(String channel) {
        Matcher href = Pattern.compile("href=\"(repodata/[0-9a-f]{64}-primary[^\"]*)\"")
                .matcher(text(get("/repos/" + channel + "/repodata/repomd.xml")));
        assertThat(href.find()).isTrue();
        return "/repos/" + channel + "/" + href.group(1);
    }

    @Test
    void showsAnEmptyValidRepositoryFromTheStart(@TempDir Path home) {
        Repository repository = make("empty");

        Dnf dnf = new Dnf(home).repository("empty", repository.url());
        assertThat(dnf.command("repoquery", "--all").run().text()).isEmpty();
    }

    @Test
    void letsDnfDownloadWhatItHolds(@TempDir Path home) throws IOException {
        Repository repository = make("dnf");
        change(repository, List.of(tide, words), List.of());

        Dnf dnf = new Dnf(home).repository("dnf", repository.url());
        assertThat(dnf.command("repoquery", "--all").run().text().lines())
                .containsExactlyInAnyOrder("tide-0:1-1.noarch", "words-0:1-1.noarch");
        dnf.command("download", "tide", "--destdir", home).run();
        assertThat(Files.readAllBytes(home.resolve("tide-1-1.noarch.rpm"))).isEqualTo(Files.readAllBytes(TIDE));
    }

    @Test
    void servesOneRangeOfAPackage() throws IOException {
        change(make("ranges"), List.of(tide), List.of());
        byte[] whole = Files.readAllBytes(TIDE);

        HttpResponse<byte[]> part = get("/repos/ranges/" + TIDE_PATH, "Range", "bytes=100-299");

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 100-299/" + whole.length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 100, 300));
    }

    @Test
    void refusesARangeBeyondTheEnd() {
        change(make("far"), List.of(tide), List.of());

        assertThat(get("/repos/far/" + TIDE_PATH, "Range", "bytes=99999999-").statusCode())
                .isEqualTo(416);
    }

    @Test
    void answersHeadWithTheLengthAlone() throws IOException {
        change(make("head"), List.of(tide), List.of());

        HttpResponse<byte[]> head = send("HEAD", "/repos/head/" + TIDE_PATH);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(Files.size(TIDE));
        assertThat(head.body()).isEmpty();
    }

    @Test
    void letsPackagesBeCachedForEverAndIndexesNotAtAll() {
        change(make("caching"), List.of(tide), List.of());

        assertThat(get("/repos/caching/" + TIDE_PATH).headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
        assertThat(get(primaryPath("caching")).headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
        assertThat(get("/repos/caching/repodata/repomd.xml").headers().firstValue("Cache-Control"))
                .contains("no-cache");
    }

    @Test
    void answersWhoHasItAlready() {
        make("tags");
        HttpResponse<byte[]> first = get("/repos/tags/repodata/repomd.xml");

        assertThat(get(
                                "/repos/tags/repodata/repomd.xml",
                                "If-None-Match",
                                first.headers().firstValue("ETag").orElseThrow())
                        .statusCode())
                .isEqualTo(304);
        assertThat(get(
                                "/repos/tags/repodata/repomd.xml",
                                "If-Modified-Since",
                                first.headers().firstValue("Last-Modified").orElseThrow())
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void takesNothingButReading() {
        make("reading");

        HttpResponse<byte[]> answer = send("DELETE", "/repos/reading/repodata/repomd.xml");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    // acceptance case 54
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/repos/../../etc/passwd",
                "/repos/tricks/%2e%2e/%2e%2e/etc/passwd",
                "/repos/tricks/..%2f..%2fetc%2fpasswd",
                "/repos/tricks//etc/passwd",
                "/repos/tricks/repodata/repomd.xml%00.xml",
                "/repos/",
                "/repos",
                "/repos/tricks",
                "/repos/tricks/",
                "/repos/tricks/Packages/x/tide-1-1.noarch.rpm",
                "/repos/tricks/tide-1-1.noarch.rpm",
                "/repos/unknown/repodata/repomd.xml",
                "/keys/../bootstrap-token.asc",
                "/keys/0123456789ABCDEF.asc"
            })
    void findsNothingOutsideOfWhatItHolds(String path) {
        if (inside.number("select count(*) from channel where path = 'tricks'") == 0) {
            change(make("tricks"), List.of(tide), List.of());
        }

        assertThat(get(path).statusCode()).isIn(400, 404);
    }

    // acceptance case 88
    @Test
    void keepsWhatAClientInMidUpdateStillNeeds() {
        Repository repository = make("switch");
        change(repository, List.of(tide), List.of());
        String former = primaryPath("switch");
        change(repository, List.of(words), List.of(tide));

        assertThat(primaryPath("switch")).isNotEqualTo(former);
        assertThat(get(former).statusCode()).isEqualTo(200);
        assertThat(get("/repos/switch/" + TIDE_PATH).statusCode()).isEqualTo(200);
    }

    @Test
    void forgetsTheFormerContentBehindTheGraceTime() {
        Repository repository = make("grace");
        change(repository, List.of(tide), List.of());
        String former = primaryPath("grace");
        change(repository, List.of(words), List.of(tide));
        companion.clock().advance(Duration.ofHours(25));
        change(repository, List.of(), List.of(words));

        assertThat(get(former).statusCode()).isEqualTo(404);
        assertThat(get("/repos/grace/" + TIDE_PATH).statusCode()).isEqualTo(404);
    }

    @Test
    void givesDnfItsConfiguration() {
        make("configured");

        assertThat(text(get("/repos/configured/slipway.repo")))
                .contains("[slipway-configured]", "baseurl=" + companion.url() + "/repos/configured/", "gpgcheck=0");
    }

    @Test
    void servesNoRepositoryInsideAnother() {
        make("outer");
        TestResponse inner = companion
                .admin()
                .post(
                        "/api/v1/repositories/",
                        new RepositoryRequest(
                                "inner",
                                "noarch",
                                "rpm",
                                null,
                                null,
                                null,
                                "outer/inner",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null));

        assertThat(inner.status()).isEqualTo(409);
        assertThat(inner.problem()).contains("already-exists");
    }
}

package dev.slipway.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.client.auth.TokenSource;
import dev.slipway.client.wire.CompanionAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestTest {
    private final MockWebServer server = new MockWebServer();
    private final List<Duration> pauses = new ArrayList<>();
    private Api api;

    @BeforeEach
    void start() throws IOException {
        server.start();
        api = api(TokenSource.fixed("slp_secret"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Api api(TokenSource tokens) {
        return new Api(
                Api.defaults(new OkHttpClient.Builder()).build(),
                server.url("/").toString(),
                tokens,
                RetryPolicy.standard(),
                pauses::add);
    }

    private void answers(int status, String body, String... headers) {
        MockResponse.Builder answer = new MockResponse.Builder().code(status).body(body);
        for (int i = 0; i < headers.length; i += 2) {
            answer.addHeader(headers[i], headers[i + 1]);
        }
        server.enqueue(answer.build());
    }

    @Test
    void sendsTheTokenAndEncodesEachPathSegment() throws Exception {
        answers(200, "{\"a\": 1}");
        assertThat(api.request("GET", "projects", "a/b c").as(Map.class)).containsEntry("a", 1);
        var sent = server.takeRequest();
        assertThat(sent.getTarget()).isEqualTo("/api/v1/projects/a%2Fb%20c");
        assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer slp_secret");
    }

    @Test
    void readsAListToItsEndWhereverTheCompanionThinksThatItIs() throws Exception {
        answers(
                200,
                "[1, 2]",
                "Link",
                "<http://inside:8080/api/v1/things/?kind=a&after=Mg%3D%3D>; rel=\"next\"",
                "Link",
                "<http://inside:8080/docs>; rel=\"help\"");
        answers(503, "");
        answers(200, "[3]");

        assertThat(api.request("GET", "things", "").query("kind", "a").all(new TypeReference<List<Integer>>() {}))
                .containsExactly(1, 2, 3);
        assertThat(server.takeRequest().getTarget()).isEqualTo("/api/v1/things/?kind=a");
        assertThat(server.takeRequest().getTarget()).isEqualTo("/api/v1/things/?kind=a&after=Mg%3D%3D");
        assertThat(server.takeRequest().getTarget()).isEqualTo("/api/v1/things/?kind=a&after=Mg%3D%3D");
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void repeatsAReadAfterAPassingFault() throws Exception {
        answers(503, "");
        answers(200, "{}");
        api.request("GET", "builds").as(Map.class);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void waitsAsLongAsTheCompanionAsks() throws Exception {
        answers(429, "", "Retry-After", "7");
        answers(200, "{}");
        api.request("GET", "builds").as(Map.class);
        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void readsNoTextThatIsLongerThanExpected() throws Exception {
        answers(200, "äbc");
        assertThat(api.request("GET", "repofile").text(4)).isEqualTo("äbc");
        answers(200, "äbcd");
        assertThatThrownBy(() -> api.request("GET", "repofile").text(4)).hasMessageContaining("larger than any");
    }

    @Test
    void neverRepeatsAWriteThatMayHaveHadAnEffect() {
        answers(503, "");
        assertThatThrownBy(() -> api.request("POST", "builds").json(Map.of()).send())
                .isInstanceOf(ApiException.class);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void repeatsAWriteThatCarriesAnIdempotencyKey() throws Exception {
        answers(503, "");
        answers(201, "{}");
        api.request("POST", "builds").json(Map.of()).idempotencyKey("k-1").send();
        assertThat(server.takeRequest().getHeaders().get("Idempotency-Key")).isEqualTo("k-1");
        assertThat(server.takeRequest().getHeaders().get("Idempotency-Key")).isEqualTo("k-1");
    }

    @Test
    void givesUpAfterTheLastAttemptAndNamesTheCompanion() {
        for (int i = 0; i < 4; i++) {
            answers(503, "");
        }
        assertThatThrownBy(() -> api.request("GET", "builds").send()).hasMessage("the companion answered 503");
        assertThat(server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void showsTheDetailAndTheErrorsOfAProblemInOneLine() {
        answers(422, """
                {"type": "https://slipway.dev/problems/invalid", "title": "Invalid", "status": 422,
                 "detail": "the build is not valid", "retryable": false,
                 "errors": [{"pointer": "/platforms", "message": "must not\\nbe empty"}]}""");
        assertThatThrownBy(() -> api.request("POST", "builds").json(Map.of()).send())
                .hasMessage("the build is not valid (platforms: must not be empty)")
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.type()).isEqualTo("invalid"));
    }

    @Test
    void saysInWordsWhichPartOfARequestIsWrong() {
        answers(422, """
                {"detail": "/sources/0/git_ref: is not the name of a branch, tag or commit",
                 "errors": [{"pointer": "/sources/0/git_ref", "message": "is not the name of a branch, tag or commit"}]}""");
        assertThatThrownBy(() -> api.request("POST", "builds").json(Map.of()).send())
                .hasMessage("git ref of sources no. 1: is not the name of a branch, tag or commit");
    }

    @Test
    void tellsUnderWhichIdTheLogOfAFailedCompanionTellsMore() {
        answers(500, "{\"detail\": \"the service failed\"}", "Slipway-Trace", "0af7651916cd43dd");
        assertThatThrownBy(() -> api.request("GET", "builds").send())
                .hasMessage("the service failed")
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.trace()).isEqualTo("0af7651916cd43dd");
                    assertThat(e.withTrace()).isEqualTo("the service failed (trace 0af7651916cd43dd)");
                });
    }

    @Test
    void needsNoIdToExplainARefusal() {
        answers(404, "{\"detail\": \"there is no build 5\"}", "Slipway-Trace", "0af7651916cd43dd");
        assertThatThrownBy(() -> api.request("GET", "builds").send())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.withTrace()).isEqualTo("there is no build 5"));
    }

    @Test
    void takesNoOtherTextForAnId() {
        answers(500, "", "Slipway-Trace", "see http://evil.example");
        assertThatThrownBy(() -> api.request("GET", "builds").send())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.trace()).isNull());
    }

    @Test
    void asksForCompressedAnswersAndReadsThem() throws Exception {
        Buffer packed = new Buffer();
        try (BufferedSink sink = Okio.buffer(new GzipSink(packed))) {
            sink.writeUtf8("{\"a\": 1}");
        }
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(packed)
                .build());
        assertThat(api.request("GET", "builds").as(Map.class)).containsEntry("a", 1);
        assertThat(server.takeRequest().getHeaders().get("Accept-Encoding")).isEqualTo("gzip");
    }

    @Test
    void readsNoMoreOfACompressedAnswerThanOfAnother() throws Exception {
        Buffer packed = new Buffer();
        try (BufferedSink sink = Okio.buffer(new GzipSink(packed))) {
            sink.writeUtf8("{\"detail\": \"" + "x".repeat(1 << 20) + "\"}");
        }
        server.enqueue(new MockResponse.Builder()
                .code(422)
                .addHeader("Content-Encoding", "gzip")
                .body(packed)
                .build());
        assertThatThrownBy(() -> api.request("GET", "builds").send()).hasMessage("the companion answered 422");
    }

    @Test
    void triesOnceMoreWithAFreshTokenWhenTheOldOneIsRefused() throws Exception {
        TokenSource renewing = new TokenSource() {
            private String token = "old";

            @Override
            public String token() {
                return token;
            }

            @Override
            public boolean refused(String refused) {
                token = "new";
                return true;
            }
        };
        answers(401, "");
        answers(200, "{}");
        api(renewing).request("GET", "builds").send();
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer old");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer new");
    }

    @Test
    void saysThatTheCompanionCannotBeReached() {
        server.close();
        assertThatThrownBy(() -> api.request("GET", "builds").send())
                .isInstanceOf(UnreachableException.class)
                .hasMessageStartingWith("the companion at http://")
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void readsNothingWhereTheCompanionHasNothingToSay() throws Exception {
        answers(200, "null");
        assertThat(api.request("POST", "tasks", "claim").json(Map.of()).orNull(Map.class))
                .isNull();
    }

    @Test
    void neverSendsTheTokenToAnotherHost() {
        assertThatThrownBy(() -> api.at("GET", "http://elsewhere.example/blob"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not its own");
    }

    @Test
    void refusesAnAddressThatHoldsAPassword() {
        assertThatThrownBy(() -> CompanionAddress.parse("https://me:secret@companion.example/"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void leavesNoFileBehindWhenTheBytesAreNotThoseOfTheDigest(@TempDir Path dir) {
        var bytes = new ByteArrayInputStream("tampered".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Uploads.save(bytes, dir.resolve("x.rpm"), "0".repeat(64), 100))
                .hasMessageContaining("x.rpm arrived with the SHA-256");
        assertThat(dir).isEmptyDirectory();
    }
}

package dev.slipway.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProblemsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final String TOKENS = "/api/v1/tokens";

    // acceptance case 3
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "nonsense",
                "{\"name\": \"a\"} {\"name\": \"b\"}",
                "{\"name\": \"a\", \"name\": \"b\", \"role\": \"reader\"}",
                "[]",
                "null",
                "7",
                "\"text\""
            })
    void refusesABodyThatIsNotOneJsonObject(String body) {
        TestResponse answer = companion.admin().post(TOKENS, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-request");
    }

    @Test
    void refusesABodyThatIsNotUtf8() {
        byte[] latin = "{\"name\": \"\u00e9\", \"role\": \"reader\"}".getBytes(StandardCharsets.ISO_8859_1);

        TestResponse answer =
                companion.admin().send("POST", TOKENS, RequestBody.create(latin, MediaType.get("application/json")));

        assertThat(answer.status()).isEqualTo(400);
    }

    // acceptance case 3
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": 7, \"role\": \"reader\"} | /name",
                "{\"name\": \"x\", \"scopes\": \"builds:read\"} | /scopes",
                "{\"name\": \"x\", \"scopes\": [\"builds:read\", 7]} | /scopes/1",
                "{\"name\": \"x\", \"scopes\": [\"builds:read\", null]} | /scopes/1",
                "{\"name\": \"x\", \"role\": \"reader\", \"expires_in_seconds\": \"soon\"} | /expires_in_seconds",
                "{\"name\": \"x\", \"role\": \"reader\", \"expires_in_seconds\": 1.5} | /expires_in_seconds",
                "{\"name\": \"x\", \"role\": \"reader\", \"expires_in_seconds\": 99999999999999999999} | /expires_in_seconds",
                "{\"name\": \"x\", \"role\": \"reader\", \"id\": 7} | /id",
                "{\"role\": \"reader\"} | /name",
                "{\"name\": null, \"role\": \"reader\"} | /name"
            })
    void pointsAtTheMemberThatIsMissingUnknownOrOfTheWrongType(String body, String pointer) {
        TestResponse answer = companion.admin().post(TOKENS, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"worker\": \"a\\u0000b\", \"leases\": []}",
                "{\"worker\": \"a\", \"leases\": [], \"\\u0000\": 1}"
            })
    void refusesATextWithANulCharacterBeforeItHasAnyEffect(String body) {
        TestResponse answer = companion.admin().post("/api/v1/tasks/ping", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("NUL");
    }

    @Test
    void letsAnAskingBuildNodeWithAnUnstorableTextLeaveNoTrace() {
        String before = companion.value("select count(*) from worker");

        TestResponse answer = companion
                .admin()
                .post(
                        "/api/v1/build_node/get_task",
                        "{\"supported_arches\": [\"x86_64\"], \"excluded_packages\": [\"\\u0000\"]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(companion.value("select count(*) from worker")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/builds?project=a%00b",
                "/api/v1/builds?created_by=%00",
                "/api/v1/platforms?%00=1",
                "/oauth/authorize?client_id=%00"
            })
    void refusesAQueryWithANulCharacter(String address) {
        TestResponse answer = companion.admin().get(address);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-request");
        assertThat(answer.json().path("detail").asText()).contains("NUL");
    }

    @Test
    void quotesOnlyTheBeginningOfLongInput() {
        String name = "x".repeat(5_000);

        TestResponse unknown = companion.admin().post(TOKENS, Map.of("name", "n", "scopes", List.of(name)));
        TestResponse member = companion.admin().post(TOKENS, Map.of(name, 1));
        TestResponse parameter = companion.admin().get(TOKENS + "?" + name + "=1");

        for (TestResponse answer : List.of(unknown, member, parameter)) {
            assertThat(answer.status()).isIn(400, 422);
            assertThat(answer.text()).contains("xxx…").doesNotContain("x".repeat(200));
        }
    }

    @Test
    void answersTheResultOfATestThatIsNotThereWith404() {
        TestResponse answer =
                companion.admin().post("/api/v1/tests/999999/result", "{\"api_version\": \"1\", \"result\": {}}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
    }

    @Test
    void refusesABodyThatIsNestedTooDeeply() {
        TestResponse answer =
                companion.admin().post(TOKENS, "{\"name\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}");

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void refusesAJsonBodyThatIsTooLarge() {
        TestResponse answer =
                companion.admin().post(TOKENS, "{\"role\": \"reader\", \"name\": \"x\"" + " ".repeat(5 << 20) + "}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.problem()).isEqualTo("too-large");
    }

    @Test
    void refusesABodyOfAnotherType() {
        TestResponse answer =
                companion.admin().send("POST", TOKENS, RequestBody.create("name=x", MediaType.get("text/plain")));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/builds, text/plain, 200",
        "DELETE, /api/v1/builds/4711/remove, application/x-www-form-urlencoded, 404",
        "PATCH, /api/v1/builds/4711/restart-failed, application/x-www-form-urlencoded, 404",
        "POST, /api/v1/tokens, application/x-www-form-urlencoded, 400"
    })
    void passesOverTheTypeOfABodyThatIsNotThere(String method, String path, String type, int status) {
        TestApi api = companion.admin().with("Content-Type", type);

        assertThat(api.send(method, path, null).status()).isEqualTo(status);
    }

    @Test
    void namesTheMethodsOfAnAddressThatDoesNotTakeOne() {
        TestResponse answer = companion.admin().put(TOKENS, "{}");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.problem()).isEqualTo("method-not-allowed");
        assertThat(answer.header("Allow")).contains("GET", "POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/nothing", "/nothing", "/api/v1/tokens/x/y", "/"})
    void answersAnUnknownAddressWithAProblem(String path) {
        TestResponse answer = companion.admin().get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
    }

    @Test
    void answersAnIdThatIsNoNumberWith404() {
        assertThat(companion.admin().delete("/api/v1/tokens/abc").status()).isEqualTo(404);
    }

    // acceptance case 5
    @ParameterizedTest
    @ValueSource(strings = {"page_number=0", "per_page=201", "page_number=x", "after=%21", "after=eA", "colour=red"})
    void refusesAQueryParameterThatMakesNoSense(String query) {
        TestResponse answer = companion.admin().get(TOKENS + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-request");
    }

    @Test
    void carriesTheTraceThatTheHeaderCarries() {
        TestResponse answer = companion.admin().get("/api/v1/nothing");

        assertThat(answer.json().path("instance").asText())
                .isEqualTo("urn:slipway:trace:" + answer.header("Slipway-Trace"));
    }

    @Test
    void doesNotNameTheServer() {
        assertThat(companion.admin().get("/api/v1/nothing").header("Server")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/%2e%2e/status HTTP/1.1", "GET /%zz HTTP/1.1", "NONSENSE", "GET /a%00b HTTP/1.1"})
    void answersWhatIsHardlyHttpWithoutDetails(String requestLine) throws IOException {
        String answer = raw(requestLine + "\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("Jetty", "jetty", "\tat ", "Exception");
    }

    @Test
    void answersHeadersThatAreTooLargeWithAProblem() throws IOException {
        String answer = raw("GET /status HTTP/1.1\r\nHost: x\r\nX-Large: " + "x".repeat(20_000) + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 431").contains("application/problem+json");
    }

    @Test
    void answersAnAddressThatIsTooLongWithAProblem() throws IOException {
        String answer = raw("GET /status?" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 414").contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "If-Match: \"",
                "If-None-Match: \"",
                "Accept: a/b/c",
                "Accept: ;;;",
                "Content-Type: a/b/c",
                "Content-Type: \u00e9"
            })
    void answersAHeaderThatCannotBeReadWithAProblem(String header) throws IOException {
        new Farm(companion).platform("rpm", "x86_64");

        String answer = raw("GET /api/v1/platforms/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Authorization: Bearer "
                + companion.token("reader", List.of("platforms:read")).token() + "\r\n"
                + header + "\r\n\r\n");

        assertThat(answer).containsPattern("^HTTP/1.1 4\\d\\d ").contains("application/problem+json", "\"detail\"");
    }

    @Test
    void letsNoFeatureDoubleAMemberThatEveryProblemHas() {
        assertThatThrownBy(() -> ProblemException.conflict("it is so").with("status", 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(companion.url().getHost(), companion.url().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
                "application/xhtml+xml, text/html, */*;q=0.1",
                "text/html"
            })
    void aBrowserWithoutATokenIsToldInPlainWordsWhatItFoundAndHowToReadIt(String accept) {
        for (String address : List.of("/api/v1/builds/1/", "/api/v1/tasks/1/log", "/api/v1/releases/1/")) {
            TestResponse answer = companion.anonymous().with("Accept", accept).get(address);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
            assertThat(answer.header("WWW-Authenticate"))
                    .isEqualTo(companion.anonymous().get(address).header("WWW-Authenticate"))
                    .startsWith("Bearer realm=");
            assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.text())
                    .contains("needs a token", "slipway login", "slipway token create", "href=\"/docs\"")
                    .doesNotContain("<script", "urn:slipway");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "application/json, text/html;q=0.5", "application/*"})
    void aProgramWithoutATokenGetsAProblemDocument(String accept) {
        TestResponse answer = companion.anonymous().with("Accept", accept).get("/api/v1/builds/1/");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("invalid-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html,application/xhtml+xml,*/*;q=0.8", "text/html"})
    void aBrowserWithATokenGetsWhatProgramsGet(String accept) {
        TestResponse answer = companion.admin().with("Accept", accept).get("/api/v1/platforms/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().isArray()).isTrue();
    }
}

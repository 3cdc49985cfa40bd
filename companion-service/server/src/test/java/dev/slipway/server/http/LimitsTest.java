package dev.slipway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.identity.Role;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits on what callers send, over HTTP. */
final class LimitsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension(Map.of(
            "limits.token-rate", "1",
            "limits.token-burst", "20",
            "limits.anonymous-rate", "1",
            "limits.anonymous-burst", "30",
            "limits.streams", "3",
            "limits.streams-per-user", "2",
            "limits.long-polls", "0"));

    private static TestResponse untilRefused(TestApi api, String path) {
        TestResponse answer = api.get(path);
        for (int i = 0; i < 200 && answer.status() != 429; i++) {
            answer = api.get(path);
        }
        return answer;
    }

    @Test
    void refusesATokenThatSendsTooMuchAndSaysWhenToComeBack() {
        TestResponse refused = untilRefused(companion.as("busy", "users:read-self"), "/api/v1/users");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.problem()).isEqualTo("too-many-requests");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.json().path("retryable").asBoolean()).isTrue();
    }

    @Test
    void refusesAnAddressThatSendsTooMuchWithoutAToken() {
        assertThat(untilRefused(companion.anonymous(), "/status").status()).isEqualTo(429);
        assertThat(companion.as("slp_wrong").get("/api/v1/users").status()).isEqualTo(429);
        assertThat(companion.as("calm", "users:read-self").get("/api/v1/users").status())
                .isEqualTo(200);
    }

    @Test
    void letsWorkersGoOnWhenTheirOtherCallsAreUsedUp() {
        TestApi worker = companion.as("worker", Role.WORKER);
        assertThat(untilRefused(worker, "/api/v1/blobs/none").status()).isEqualTo(429);

        assertThat(worker.post("/api/v1/tasks/ping", "{\"leases\": []}").status())
                .isEqualTo(200);
    }

    @Test
    void opensNoMoreStreamsThanOneUserMayHave() throws IOException {
        TestApi listener = companion.as("listener", "events:read");
        List<Response> streams = new ArrayList<>();
        try {
            streams.add(listener.open("GET", "/api/v1/events", null));
            streams.add(listener.open("GET", "/api/v1/events", null));

            TestResponse third = listener.get("/api/v1/events");

            assertThat(third.status()).isEqualTo(429);
            assertThat(third.problem()).isEqualTo("too-many-requests");
            assertThat(third.header("Retry-After")).isNotNull();
        } finally {
            streams.forEach(Response::close);
        }
    }

    @Test
    void keepsNoStreamForWhoAsksForItsHeadAlone() throws IOException {
        TestApi looker = companion.as("looker", "events:read");
        looker.head("/api/v1/events");
        looker.head("/api/v1/events");

        try (Response stream = looker.open("GET", "/api/v1/events", null)) {
            assertThat(stream.code()).isEqualTo(200);
        }
    }

    @Test
    void refusesALongPollWhenTooManyWait() {
        TestResponse answer = companion
                .as("waiting", Role.WORKER)
                .post("/api/v1/tasks/claim", "{\"worker\": \"w\", \"kinds\": [\"build\"], \"wait_seconds\": 5}");

        assertThat(answer.status()).isIn(422, 503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/tokens", "/api/v1/releases/1/commit"})
    void refusesABodyWhoseAnnouncedLengthIsTooLarge(String path) {
        TestApi api = companion.as("large", Role.ADMIN);

        TestResponse answer =
                api.send("POST", path, RequestBody.create(new byte[5 << 20], MediaType.get("application/json")));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.problem()).isEqualTo("too-large");
    }

    @Test
    void refusesABodyOfUnknownLengthOnceItIsTooLarge() {
        RequestBody chunked = new RequestBody() {
            @Override
            public MediaType contentType() {
                return MediaType.get("application/json");
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeUtf8("{\"name\": \"");
                for (int i = 0; i < 5 << 10; i++) {
                    sink.write(new byte[1 << 10]);
                }
            }
        };

        assertThat(companion
                        .as("large", Role.ADMIN)
                        .send("POST", "/api/v1/tokens", chunked)
                        .status())
                .isIn(400, 413);
    }

    /** Sends bytes as they are and answers with the head and the beginning of the body. */
    private static String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(companion.url().getHost(), companion.url().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz", "-2", "ffffffffffffffffff"})
    void refusesAChunkWhoseSizeIsNone(String size) throws IOException {
        String token = companion.token("chunky", List.of("tokens:create")).token();

        String answer = raw("POST /api/v1/tokens HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + size + "\r\n{}\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("malformed-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json;q=a", "application/json; q=2", "application/json; charset=utf-8; Q=x"})
    void refusesABodysTypeWithAPreference(String type) throws IOException {
        assertThat(raw("GET /status HTTP/1.1\r\nHost: here\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 415 ");
    }

    @Test
    void answersAnUnknownVersionOfHttpWithAProblemOfThatStatus() throws IOException {
        assertThat(raw("GET /status HTTP/9.9\r\nHost: here\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 505 ")
                .contains("\"status\":505");
    }
}

package dev.slipway.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    // acceptance case 6
    @Test
    void tellsAnybodyWhatItIs() {
        TestResponse answer = companion.anonymous().get("/status");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("version").asText()).doesNotContain("$");
        assertThat(answer.json().path("commit").asText()).isNotEmpty().doesNotContain("$");
        assertThat(answer.json().path("database").asText()).startsWith("PostgreSQL 1");
    }

    // acceptance case 1
    @ParameterizedTest
    @ValueSource(
            strings = {"platforms", "builds", "repositories", "sign-keys", "composes", "distributions", "releases"})
    void listsNothingWhereNothingIsYet(String list) {
        TestResponse answer = companion.admin().get("/api/v1/" + list + "/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("[]");
    }

    @Test
    void tellsNobodyWithoutTheScopeItsFigures() {
        assertThat(companion.anonymous().get("/metrics").status()).isEqualTo(401);
    }

    @Test
    void countsRequestsByRoute() {
        companion.admin().get("/api/v1/blobs/one");
        companion.admin().get("/api/v1/blobs/two");

        assertThat(companion.admin().get("/metrics").text())
                .contains("route=\"/api/v1/blobs/{name}\",status=\"404\"")
                .doesNotContain("/api/v1/blobs/one")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void servesItsContract() {
        assertThat(companion.anonymous().get("/openapi.yaml").text())
                .contains("openapi: 3.1.0", "operationId: getStatus");
    }

    @Test
    void answersWithAndWithoutASlashAtTheEnd() {
        assertThat(companion.anonymous().get("/status/").status()).isEqualTo(200);
    }

    @Test
    void speaksHttp2WithoutTls() throws IOException {
        OkHttpClient client = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .build();

        try (Response response = client.newCall(
                        new Request.Builder().url(companion.url() + "/status").build())
                .execute()) {
            assertThat(response.protocol()).isEqualTo(Protocol.H2_PRIOR_KNOWLEDGE);
            assertThat(response.code()).isEqualTo(200);
        }
    }

    @Test
    void writesAnAccessLogWithoutSecrets() {
        companion.admin().get("/api/v1/users/?token=slp_secret");

        Awaitility.await()
                .untilAsserted(() -> assertThat(Files.readString(companion.var().resolve("access.log")))
                        .contains("\"GET /api/v1/users/ HTTP/1.1\" 400")
                        .doesNotContain("slp_"));
    }
}

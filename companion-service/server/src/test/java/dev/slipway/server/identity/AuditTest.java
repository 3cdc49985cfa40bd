package dev.slipway.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.identity.Token;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    @Test
    void tellsAuditorsWhoChangedWhatFromWhere() {
        Token token = companion.token("someone", List.of("users:read-self"));

        JsonNode event = companion
                .admin()
                .get("/api/v1/audit?object_kind=token&object_id=" + token.id())
                .json()
                .get(0);

        assertThat(event.path("actor").asText()).isEqualTo("admin");
        assertThat(event.path("action").asText()).isEqualTo("create");
        assertThat(event.path("remote_address").asText()).isEqualTo("127.0.0.1");
        assertThat(event.at("/after/owner").asText()).isEqualTo("someone");
    }

    @Test
    void holdsNoSecret() {
        companion.token("someone", List.of("users:read-self"));

        assertThat(companion.admin().get("/api/v1/audit").text()).doesNotContain("slp_");
    }

    @Test
    void chainsALongListByLinks() {
        for (int i = 0; i < 210; i++) {
            companion.token("many", List.of("users:read-self"));
        }

        TestResponse first = companion.admin().get("/api/v1/audit?object_kind=token");
        String link = first.header("Link").replaceAll(".*<https?://[^/]*([^>]*)>.*", "$1");
        TestResponse second = companion.admin().get(link);

        assertThat(first.json()).hasSize(200);
        assertThat(second.json().get(0).path("id").asLong())
                .isLessThan(first.json().get(199).path("id").asLong());
        assertThat(second.header("Link")).isNull();
    }

    @Test
    void isFilteredByActorActionAndTime() {
        companion.token("early", List.of("users:read-self"));
        String between = companion.clock().instant().plusSeconds(30).toString();
        companion.clock().advance(Duration.ofMinutes(1));
        Token late = companion.token("late", List.of("users:read-self"));
        companion.admin().delete("/api/v1/tokens/" + late.id());

        String path = "/api/v1/audit?actor=admin&action=create&since=" + between;
        JsonNode seen = companion.admin().get(path).json();
        JsonNode before =
                companion.admin().get("/api/v1/audit?until=" + between).json();

        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).at("/after/owner").asText()).isEqualTo("late");
        assertThat(before.findValuesAsText("owner")).contains("early").doesNotContain("late");
    }

    @Test
    void countsWhatAFilterLetsThrough() {
        Token token = companion.token("counted", List.of("users:read-self"));
        companion.admin().delete("/api/v1/tokens/" + token.id());

        JsonNode page = companion
                .admin()
                .get("/api/v1/audit?object_kind=token&object_id=" + token.id() + "&page_number=1&per_page=1")
                .json();

        assertThat(page.path("total_events").asInt()).isEqualTo(2);
        assertThat(page.path("events")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "%2B999999999-12-31T23:59:59Z", "-9999-01-01T00:00:00Z"})
    void refusesATimeThatIsNone(String time) {
        TestResponse answer = companion.admin().get("/api/v1/audit?since=" + time);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("since is a time in UTC");
    }

    @Test
    void isClosedToEveryoneElse() {
        assertThat(companion.as("curious", "builds:read").get("/api/v1/audit").status())
                .isEqualTo(403);
    }
}

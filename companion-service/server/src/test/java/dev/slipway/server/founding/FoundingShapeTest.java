package dev.slipway.server.founding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.server.http.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FoundingShapeTest {
    private static List<String> faults(String shape, String answer) throws IOException {
        return FoundingShape.faults(shape, Json.mapper().readTree(answer));
    }

    @Test
    void acceptsWhatHasEveryMemberAndMore() throws IOException {
        assertThat(faults(
                        "{id: integer, tags: [string], ts?: datetime}", "{\"id\": 1, \"tags\": [\"a\"], \"more\": {}}"))
                .isEmpty();
    }

    @Test
    void refusesWhatLacksAMember() throws IOException {
        assertThat(faults("{id: integer, name: string}", "{\"id\": 1}")).hasSize(1);
    }

    @Test
    void refusesAMemberOfAnotherType() throws IOException {
        assertThat(faults("[{id: integer}]", "[{\"id\": 1}, {\"id\": \"2\"}]")).hasSize(1);
    }

    @Test
    void refusesAnOptionalMemberOfAnotherType() throws IOException {
        assertThat(faults("{ts?: datetime}", "{\"ts\": \"yesterday\"}")).hasSize(1);
    }
}

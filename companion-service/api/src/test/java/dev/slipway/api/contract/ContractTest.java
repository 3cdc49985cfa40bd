package dev.slipway.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.identity.Scopes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContractTest {
    private final Contract contract = Contract.instance();

    @Test
    void givesEachOperationAnIdOfItsOwn() {
        assertThat(contract.operations())
                .extracting(Contract.Operation::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> !id.isBlank());
    }

    @Test
    void givesEachOperationEitherOneKnownScopeOrMakesItPublic() {
        assertThat(contract.operations()).allSatisfy(operation -> {
            assertThat(operation.scope().isPresent()).as(operation.toString()).isNotEqualTo(operation.isPublic());
            assertThat(Scopes.all()).containsAll(operation.scope().stream().toList());
        });
    }

    @Test
    void describesTheRefusalsOfEveryOperationThatNeedsAToken() {
        assertThat(contract.operations())
                .filteredOn(operation -> !operation.isPublic())
                .allSatisfy(operation -> assertThat(
                                operation.node().path("responses").has("401")
                                        && operation.node().path("responses").has("403"))
                        .as(operation.toString())
                        .isTrue());
    }

    @Test
    void acceptsAnAnswerThatTheFileDescribes() {
        assertThat(check("GET", "/api/v1/users/", 200, "{\"id\": 1, \"username\": \"ada\", \"email\": \"\"}"))
                .isEmpty();
    }

    @Test
    void refusesAnAnswerOfAnotherShape() {
        assertThat(check("GET", "/api/v1/users/", 200, "{\"id\": \"one\", \"username\": \"ada\"}"))
                .isNotEmpty();
    }

    @Test
    void refusesAMemberThatTheFileDoesNotKnow() {
        assertThat(check("GET", "/api/v1/users", 200, "{\"id\": 1, \"username\": \"ada\", \"password\": \"x\"}"))
                .isNotEmpty();
    }

    @Test
    void refusesAStatusThatTheFileDoesNotList() {
        assertThat(check("GET", "/status", 418, "{}")).isNotEmpty();
    }

    @Test
    void refusesATimeThatIsNone() {
        assertThat(
                        check(
                                "GET",
                                "/status",
                                200,
                                "{\"version\":\"1\",\"commit\":\"c\",\"build_time\":\"t\",\"started_at\":\"yesterday\",\"database\":\"d\"}"))
                .isNotEmpty();
    }

    @Test
    void prefersThePathWithFewerParameters() {
        assertThat(contract.find("GET", "/api/v1/blobs/sha256/00").orElseThrow().id())
                .isEqualTo("getBlobByDigest");
    }

    private List<String> check(String method, String path, int status, String body) {
        return contract.check(contract.find(method, path).orElseThrow(), status, "application/json", body);
    }
}

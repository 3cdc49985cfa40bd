package dev.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.contract.Contract;
import dev.slipway.api.identity.Client;
import dev.slipway.api.identity.Scopes;
import dev.slipway.api.identity.Token;
import dev.slipway.server.oauth.Forgery;
import dev.slipway.server.oauth.TestClients;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tries every operation of the contract with every kind of token that must not open it. */
final class PermissionWalkTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final String SELF = "users:read-self";
    private static String expired;
    private static String revoked;
    private static Client everything;
    private static List<String> badAccessTokens;
    private static String before;

    @BeforeAll
    static void makeTokens() {
        Token soonOver = companion
                .admin()
                .post(
                        "/api/v1/tokens",
                        "{\"name\": \"short\", \"role\": \"admin\", \"expires_in_seconds\": 1, \"owner\": \"past\"}")
                .as(Token.class);
        companion.clock().advance(Duration.ofSeconds(2));
        expired = text(soonOver);
        Token gone = companion.token("gone", List.copyOf(Scopes.all()));
        companion.admin().delete("/api/v1/tokens/" + gone.id());
        revoked = text(gone);
        companion.as("limited", SELF).get("/api/v1/users");
        TestClients clients = new TestClients(companion);
        everything = clients.make(Scopes.all().toArray(String[]::new));
        Forgery forgery = new Forgery(companion, clients.token(everything));
        Client former = clients.make(Scopes.all().toArray(String[]::new));
        String ofARevokedClient = clients.token(former);
        companion.admin().delete("/api/v1/clients/" + former.id());
        badAccessTokens = List.of(
                forgery.expired(Date.from(companion.clock().instant())),
                forgery.withAnUnknownKey(),
                forgery.withAKeyThatCallsItselfAGoodOne(),
                forgery.with(claims -> claims.audience("https://other.example")),
                forgery.withThePublicKeyForASecret(),
                forgery.unsigned(),
                ofARevokedClient);
        before = fingerprint();
    }

    static Stream<Contract.Operation> closed() {
        return Contract.instance().operations().stream().filter(operation -> !operation.isPublic());
    }

    @ParameterizedTest
    @MethodSource("closed")
    void refusesWhoCannotProveWhoTheyAre(Contract.Operation operation) {
        List<TestApi> strangers =
                new ArrayList<>(badAccessTokens.stream().map(companion::as).toList());
        strangers.addAll(List.of(
                companion.anonymous(),
                companion.as("garbage"),
                companion.as("slp_" + "A".repeat(43)),
                companion.as("eyJhbGciOiJub25lIn0.e30."),
                companion.as(expired),
                companion.as(revoked),
                companion.anonymous().with("Authorization", "Basic YWRtaW46YWRtaW4=")));
        for (TestApi stranger : strangers) {
            TestResponse answer = send(stranger, operation);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
            assertThat(answer.problem()).isEqualTo("invalid-token");
            assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
        }
        assertThat(fingerprint()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("closed")
    void refusesATokenThatHasEveryScopeButTheOneAskedFor(Contract.Operation operation) {
        refusesForWantOfScope(operation, companion.as(allBut(operation.scope().orElseThrow())));
    }

    @ParameterizedTest
    @MethodSource("closed")
    void refusesAnAccessTokenThatHasEveryScopeButTheOneAskedFor(Contract.Operation operation) {
        String others = Scopes.all().stream()
                .filter(s -> !s.equals(operation.scope().orElseThrow()))
                .collect(Collectors.joining(" "));
        String token = new TestClients(companion)
                .as(everything)
                .form("/oauth/token", "grant_type", "client_credentials", "scope", others)
                .json()
                .path("access_token")
                .asText();

        refusesForWantOfScope(operation, companion.as(token));
    }

    private static void refusesForWantOfScope(Contract.Operation operation, TestApi caller) {
        String scope = operation.scope().orElseThrow();
        String untouched = fingerprint();

        TestResponse answer = send(caller, operation);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo("insufficient-scope");
        assertThat(answer.header("WWW-Authenticate"))
                .contains("error=\"insufficient_scope\"")
                .contains("scope=\"" + scope + "\"");
        assertThat(fingerprint()).isEqualTo(untouched);
    }

    private static String allBut(String scope) {
        if (scope.equals(Scopes.TOKENS_STATUS)) {
            return tokenWithoutStatus();
        }
        return text(companion.token(
                "almost", Scopes.all().stream().filter(s -> !s.equals(scope)).toList()));
    }

    /** Every token is given {@code tokens:status}; it has to be taken away behind the service's back. */
    private static String tokenWithoutStatus() {
        Token token = companion.token("almost", List.of(SELF));
        companion.value("update api_token set scopes = array_remove(scopes, 'tokens:status') where id = " + token.id()
                + " returning id");
        return text(token);
    }

    private static String text(Token token) {
        return Objects.requireNonNull(token.token());
    }

    private static TestResponse send(TestApi api, Contract.Operation operation) {
        String path = operation.path().replaceAll("\\{[^}]*}", "1");
        boolean body = !operation.method().equals("GET") && !operation.method().equals("DELETE");
        return api.send(
                operation.method(), path, body ? RequestBody.create("{}", MediaType.get("application/json")) : null);
    }

    /** Changes when any row of any table does, but for the tokens that this test itself makes. */
    private static String fingerprint() {
        String counts =
                companion.value("select string_agg(format('(select count(*) from %I)', table_name), ' || '','' || ')"
                        + " from information_schema.tables where table_schema = 'public'"
                        + " and table_name not in ('api_token', 'app_user', 'audit_event')");
        return companion.value("select " + counts);
    }
}

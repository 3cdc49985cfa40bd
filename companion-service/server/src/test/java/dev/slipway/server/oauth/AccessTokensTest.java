package dev.slipway.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestResponse;
import java.time.Duration;
import java.util.Date;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AccessTokensTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static String good;
    private static Forgery forgery;

    @BeforeAll
    static void getAToken() {
        TestClients clients = new TestClients(companion);
        good = clients.token(clients.make("users:read-self"));
        forgery = new Forgery(companion, good);
    }

    static Stream<Named<BiFunction<Forgery, String, String>>> forgeries() {
        Date now = Date.from(companion.clock().instant());
        Date later = Date.from(companion.clock().instant().plus(Duration.ofMinutes(1)));
        return Stream.of(
                Named.of("expired", (f, t) -> f.expired(now)),
                Named.of("not yet good", (f, t) -> f.with(c -> c.notBeforeTime(later))),
                Named.of("without an end", (f, t) -> f.with(c -> c.expirationTime(null))),
                Named.of("of another issuer", (f, t) -> f.with(c -> c.issuer("https://other.example"))),
                Named.of("for another audience", (f, t) -> f.with(c -> c.audience("https://other.example"))),
                Named.of("for no audience", (f, t) -> f.with(c -> c.audience((String) null))),
                Named.of("of another user", (f, t) -> f.with(c -> c.subject("1"))),
                Named.of("of a name for a user", (f, t) -> f.with(c -> c.subject("admin"))),
                Named.of("hanging on nothing", (f, t) -> f.with(c -> c.claim("sid", null))),
                Named.of("hanging on nonsense", (f, t) -> f.with(c -> c.claim("sid", "x1"))),
                Named.of("hanging on an unknown client", (f, t) -> f.with(c -> c.claim("sid", "c999999.1"))),
                Named.of("hanging on an unknown login", (f, t) -> f.with(c -> c.claim("sid", "s999999"))),
                Named.of("without an id", (f, t) -> f.with(c -> c.jwtID(null))),
                Named.of("of another type", (f, t) -> f.ofAnotherType()),
                Named.of("signed with an unknown key", (f, t) -> f.withAnUnknownKey()),
                Named.of("signed with a key under a good one's name", (f, t) -> f.withAKeyThatCallsItselfAGoodOne()),
                Named.of("HS256 with the public key", (f, t) -> f.withThePublicKeyForASecret()),
                Named.of("unsigned", (f, t) -> f.unsigned()),
                Named.of("tampered with", Forgery::tampered));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void refusesATokenThatIs(BiFunction<Forgery, String, String> kind) {
        TestResponse answer = companion.as(kind.apply(forgery, good)).get("/api/v1/users/");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("invalid-token");
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
    }

    @Test
    void acceptsTheTokenThatTheseWereMadeOf() {
        assertThat(companion.as(forgery.with(c -> c)).get("/api/v1/users/").status())
                .isEqualTo(200);
    }

    @Test
    void givesATokenNoScopeThatItsClientLacks() {
        String greedy = forgery.with(c -> c.claim("scope", "users:read-self builds:create"));

        assertThat(companion.as(greedy).get("/api/v1/token/status").status()).isEqualTo(403);
        assertThat(companion.as(greedy).post("/api/v1/builds", "{}").status()).isEqualTo(403);
    }
}

package dev.slipway.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.identity.Client;
import dev.slipway.api.identity.ClientRequest;
import dev.slipway.api.identity.Token;
import dev.slipway.api.identity.TokenRequest;
import dev.slipway.api.identity.User;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.http.Api;
import dev.slipway.client.http.ApiException;
import dev.slipway.client.http.Pause;
import dev.slipway.client.http.RetryPolicy;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestBrowser;
import dev.slipway.server.testing.TestGithub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Gets tokens from a real companion, for programs and for people. */
class TokensOfACompanionTest {
    private static final TestGithub GITHUB = new TestGithub();

    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension(GITHUB.settings());

    @TempDir
    private Path directory;

    private final OkHttpClient http = new OkHttpClient();

    @AfterAll
    static void stopGithub() {
        GITHUB.close();
    }

    private String base() {
        return companion.url().toString();
    }

    private TokenEndpoint endpoint() {
        return new TokenEndpoint(http, base(), companion.clock());
    }

    private Api api(TokenSource tokens) {
        return new Api(http, base(), tokens, RetryPolicy.standard(), Pause.sleeping());
    }

    private SlipwayClient admin() {
        return new SlipwayClient(api(TokenSource.fixed(read("bootstrap-token"))));
    }

    private static String read(String name) {
        try {
            return Files.readString(companion.var().resolve(name)).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Client client(String... scopes) throws IOException {
        return admin().clients().create(new ClientRequest("program-" + UUID.randomUUID(), List.of(scopes), null));
    }

    private static ClientSecret secret(Client client) {
        return new ClientSecret(client.clientId(), Objects.requireNonNull(client.clientSecret()));
    }

    private TokenSource tokens(Client client) {
        return new TokenCache(companion.clock())
                .source(base(), secret(client), Set.of(), () -> endpoint().mint(secret(client), Set.of()));
    }

    @Test
    void callsAsAServiceClient() throws Exception {
        Client client = client("users:read-self");

        User self = api(tokens(client)).request("GET", "users", "").as(User.class);

        assertThat(self.username()).isEqualTo(client.name());
    }

    @Test
    void asksOnlyForTheScopesItNeeds() throws Exception {
        AccessToken token = endpoint().mint(secret(client("users:read-self", "builds:read")), Set.of("builds:read"));

        assertThat(token.scopes()).containsExactly("builds:read");
        assertThat(token.expires()).isEqualTo(companion.clock().instant().plus(Duration.ofMinutes(15)));
    }

    @Test
    void getsANewTokenBeforeTheOldOneEnds() throws Exception {
        TokenSource tokens = tokens(client("users:read-self"));
        String first = tokens.token();
        companion.clock().advance(Duration.ofMinutes(11));

        assertThat(tokens.token()).isNotEqualTo(first);
        assertThat(api(tokens).request("GET", "users", "").as(User.class)).isNotNull();
    }

    @Test
    void getsANewTokenWhenTheCompanionRefusesThePresentOne() throws Exception {
        TokenSource tokens = tokens(client("users:read-self"));
        Api api = api(tokens);
        String first = tokens.token();
        companion.value("insert into revoked_access_token (jti, expires_at) values ('"
                + com.nimbusds.jwt.SignedJWT.parse(first).getJWTClaimsSet().getJWTID()
                + "', now() + interval '1 day') returning jti");

        assertThat(api.request("GET", "users", "").as(User.class)).isNotNull();
        assertThat(tokens.token()).isNotEqualTo(first);
    }

    @Test
    void saysThatARevokedClientGetsNothing() throws Exception {
        Client client = client("users:read-self");
        admin().clients().revoke(client.id());

        assertThatThrownBy(() -> tokens(client).token())
                .isInstanceOf(TokenRefusedException.class)
                .hasMessageContaining("invalid_client");
    }

    @Test
    void listsClientsAndRenewsTheirSecrets() throws Exception {
        Client client = client("users:read-self");

        Client renewed = admin().clients().renewSecret(client.id());

        assertThat(admin().clients().list()).extracting(Client::clientId).contains(client.clientId());
        assertThatThrownBy(() -> tokens(client).token()).isInstanceOf(TokenRefusedException.class);
        assertThat(tokens(renewed).token()).isNotBlank();
    }

    private Login logIn() throws IOException {
        TokenEndpoint.Metadata metadata = endpoint().metadata();
        LoginRequest request = LoginRequest.to(metadata.issuer() + "/oauth/code");
        String page = new TestBrowser()
                .logIn(request.address(metadata.authorizationEndpoint()).toString());
        return endpoint().redeem(request, page.replaceAll("(?s).*<code>([^<]+)</code>.*", "$1"));
    }

    private LoginFile file() {
        return new LoginFile(directory.resolve("logins.json"), companion.clock());
    }

    @Test
    void callsAsThePersonWhoLoggedIn() throws Exception {
        file().put(base(), logIn());

        User self = api(file().source(base(), endpoint()))
                .request("GET", "users", "")
                .as(User.class);

        assertThat(self.username()).isEqualTo("ada");
    }

    @Test
    void keepsALoginReadableByItsOwnerAlone() throws Exception {
        file().put(base(), logIn());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("logins.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void renewsALoginOnceForAllWhoUseItAtOnce() throws Exception {
        file().put(base(), logIn());
        companion.clock().advance(Duration.ofMinutes(14));
        List<TokenSource> programs = IntStream.range(0, 4)
                .mapToObj(i -> file().source(base(), endpoint()))
                .toList();

        List<String> tokens =
                programs.parallelStream().map(TokensOfACompanionTest::token).toList();

        assertThat(Set.copyOf(tokens)).hasSize(1);
        assertThat(api(programs.get(0))
                        .request("GET", "users", "")
                        .as(User.class)
                        .username())
                .isEqualTo("ada");
    }

    private static String token(TokenSource source) {
        try {
            return source.token();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysThatALoginHasEnded() throws Exception {
        Login login = logIn();
        file().put(base(), login);
        endpoint().revoke(login.refreshToken());

        assertThatThrownBy(() -> api(file().source(base(), endpoint()))
                        .request("GET", "users", "")
                        .as(User.class))
                .isInstanceOf(TokenRefusedException.class)
                .hasMessageContaining("log in again");
        assertThat(file().has(base())).isFalse();
    }

    @Test
    void makesNoTokenForMoreThanThePersonMay() throws Exception {
        file().put(base(), logIn());
        SlipwayClient person = new SlipwayClient(api(file().source(base(), endpoint())));

        Token own = person.tokens().create(new TokenRequest("mine", List.of("users:read-self"), null, null, null));

        assertThat(own.owner()).isEqualTo("ada");
        assertThatThrownBy(() ->
                        person.tokens().create(new TokenRequest("greedy", List.of("builds:create"), null, null, null)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("builds:create");
    }
}

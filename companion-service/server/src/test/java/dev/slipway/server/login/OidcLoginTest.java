package dev.slipway.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Logs in at a real OpenID Connect provider, with a browser's part played step by step. */
final class OidcLoginTest {
    private static final MockOAuth2Server PROVIDER = provider();
    private static final OkHttpClient BROWSER =
            new OkHttpClient.Builder().followRedirects(false).build();

    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension(Map.of(
            "oidc.providers",
            "corp, strict",
            "oidc.corp.issuer",
            PROVIDER.issuerUrl("corp").toString(),
            "oidc.corp.client-id",
            "slipway",
            "oidc.corp.client-secret-file",
            secretFile(),
            "oidc.corp.label",
            "Example Corp",
            "oidc.strict.issuer",
            PROVIDER.issuerUrl("strict").toString(),
            "oidc.strict.client-id",
            "slipway",
            "oidc.strict.require",
            "department=release"));

    private static MockOAuth2Server provider() {
        MockOAuth2Server server = new MockOAuth2Server();
        server.start(InetAddress.getLoopbackAddress(), 0);
        return server;
    }

    private static String secretFile() {
        try {
            Path file = Files.createTempFile("slipway-test-", ".secret");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "s3cret\n").toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    static void stopTheProvider() {
        PROVIDER.shutdown();
    }

    private static void willSay(String provider, String subject, Map<String, Object> claims) {
        PROVIDER.enqueueCallback(
                new DefaultOAuth2TokenCallback(provider, subject, "JWT", List.of("slipway"), claims, 3600));
    }

    /** A login that has come as far as the provider's answer. */
    private record AtTheDoor(HttpUrl callback, String cookie) {
        TestResponse enter() {
            return with(cookie).get(callback.encodedPath() + "?" + callback.encodedQuery());
        }

        TestResponse enterWith(String parameter, String value) {
            HttpUrl changed =
                    callback.newBuilder().setQueryParameter(parameter, value).build();
            return with(cookie).get(changed.encodedPath() + "?" + changed.encodedQuery());
        }
    }

    private static TestApi with(String cookie) {
        return companion.anonymous().with("Cookie", cookie);
    }

    private static AtTheDoor goTo(String provider) {
        TestResponse off = companion.anonymous().get("/login/oidc/" + provider);
        assertThat(off.status()).isEqualTo(303);
        return atTheProvider(off, off.header("Set-Cookie").split(";", 2)[0]);
    }

    private static AtTheDoor atTheProvider(TestResponse off, String cookie) {
        try (Response answer = BROWSER.newCall(
                        new Request.Builder().url(off.header("Location")).build())
                .execute()) {
            assertThat(answer.code()).isEqualTo(302);
            return new AtTheDoor(HttpUrl.get(answer.header("Location")), cookie);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void asksTheProviderWithStateNonceAndProofKey() {
        HttpUrl asked =
                HttpUrl.get(companion.anonymous().get("/login/oidc/corp").header("Location"));

        assertThat(asked.queryParameter("response_type")).isEqualTo("code");
        assertThat(asked.queryParameter("redirect_uri")).isEqualTo(companion.url() + "/login/oidc/corp/callback");
        assertThat(asked.queryParameter("scope")).contains("openid");
        assertThat(asked.queryParameter("state")).hasSizeGreaterThan(40);
        assertThat(asked.queryParameter("nonce")).hasSizeGreaterThan(40);
        assertThat(asked.queryParameter("code_challenge_method")).isEqualTo("S256");
        assertThat(asked.queryParameter("code_challenge")).hasSize(43);
    }

    @Test
    void opensAnAccountForWhoeverTheProviderVouchesFor() {
        AtTheDoor door = goTo("corp");
        willSay(
                "corp",
                "sub-1",
                Map.of("preferred_username", "ada", "email", "ada@example.org", "email_verified", true));

        JsonNode in = door.enter().json();

        assertThat(in.path("username").asText()).isEqualTo("ada");
        assertThat(in.path("email").asText()).isEqualTo("ada@example.org");
        TestApi ada = companion.as(in.path("jwt_token").asText());
        assertThat(ada.get("/api/v1/users/").json().path("id").asLong())
                .isEqualTo(in.path("id").asLong());
    }

    @Test
    void givesANewPersonNoRightsButTheirOwn() {
        TestApi person = companion.as(
                logIn("sub-new", Map.of("preferred_username", "newcomer")).token());

        assertThat(person.get("/api/v1/users/").status()).isEqualTo(200);
        assertThat(person.get("/api/v1/builds/").status()).isEqualTo(403);
    }

    @Test
    void knowsAPersonAgainByTheSubjectAndNotByTheName() {
        Person first = logIn("sub-2", Map.of("preferred_username", "grace"));
        Person renamed = logIn("sub-2", Map.of("preferred_username", "hopper"));
        Person impostor = logIn("sub-3", Map.of("preferred_username", "grace"));

        assertThat(renamed.id()).isEqualTo(first.id());
        assertThat(impostor.id()).isNotEqualTo(first.id());
        assertThat(impostor.name()).isEqualTo("grace@corp");
    }

    @Test
    void opensNoAccountMadeHereForSomebodyOfThatNameElsewhere() {
        assertThat(logIn("sub-4", Map.of("preferred_username", "admin")).name()).isEqualTo("admin@corp");
    }

    @Test
    void believesNoAddressThatTheProviderHasNotVerified() {
        Person person = logIn("sub-5", Map.of("preferred_username", "eve", "email", "admin@example.org"));

        assertThat(companion.value("select email is null from app_user where id = " + person.id()))
                .isEqualTo("t");
    }

    @Test
    void refusesAnIdTokenWithAnotherNonce() {
        AtTheDoor door = goTo("corp");
        willSay("corp", "sub-6", Map.of("preferred_username", "mallory", "nonce", "another"));

        TestResponse answer = door.enter();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("login-failed");
    }

    @Test
    void refusesAnIdTokenForAnotherProgram() {
        AtTheDoor door = goTo("corp");
        willSay("corp", "sub-7", Map.of("preferred_username", "mallory", "aud", "another-program"));

        assertThat(door.enter().status()).isEqualTo(401);
    }

    @Test
    void refusesAnotherStateThanTheOneSent() {
        assertThat(goTo("corp").enterWith("state", "x".repeat(43)).problem()).isEqualTo("login-expired");
    }

    @Test
    void refusesAnotherBrowserThanTheOneThatBegan() {
        AtTheDoor door = goTo("corp");
        String other = goTo("corp").cookie();

        assertThat(new AtTheDoor(door.callback(), other).enter().problem()).isEqualTo("login-expired");
        assertThat(companion
                        .anonymous()
                        .get(door.callback().encodedPath() + "?"
                                + door.callback().encodedQuery())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void takesAnAnswerOnlyOnce() {
        AtTheDoor door = goTo("corp");
        willSay("corp", "sub-8", Map.of("preferred_username", "once"));
        assertThat(door.enter().status()).isEqualTo(200);

        assertThat(door.enter().problem()).isEqualTo("login-expired");
    }

    @Test
    void takesNoAnswerThatTookTooLong() {
        AtTheDoor door = goTo("corp");
        companion.clock().advance(Duration.ofMinutes(11));

        assertThat(door.enter().problem()).isEqualTo("login-expired");
    }

    @Test
    void doesNotMixProvidersUp() {
        AtTheDoor door = goTo("corp");

        TestResponse answer = with(door.cookie())
                .get("/login/oidc/strict/callback?" + door.callback().encodedQuery());

        assertThat(answer.problem()).isEqualTo("login-expired");
    }

    @Test
    void letsInOnlyThoseWithTheRequiredClaims() {
        AtTheDoor without = goTo("strict");
        willSay("strict", "sub-9", Map.of("preferred_username", "outsider", "department", "sales"));
        assertThat(without.enter().status()).isEqualTo(403);

        AtTheDoor with = goTo("strict");
        willSay("strict", "sub-10", Map.of("preferred_username", "insider", "department", "release"));
        assertThat(with.enter().status()).isEqualTo(200);
    }

    @Test
    void saysWhatAProviderSaysThatLetsNobodyIn() {
        AtTheDoor door = goTo("corp");

        TestResponse answer = with(door.cookie())
                .get("/login/oidc/corp/callback?error=access_denied&state="
                        + door.callback().queryParameter("state"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("access_denied");
    }

    @Test
    void letsNobodyInWhoseAccountIsClosed() {
        Person person = logIn("sub-11", Map.of("preferred_username", "gone"));
        TestApi token = companion.as(person.token());
        companion.value("update app_user set active = false where id = " + person.id() + " returning id");
        AtTheDoor door = goTo("corp");
        willSay("corp", "sub-11", Map.of("preferred_username", "gone"));

        TestResponse refused = door.enter();
        assertThat(refused.status()).isEqualTo(403);
        assertThat(companion.value("select concat_ws(' ', actor, action, object_id, after_state->>'subject')"
                        + " from audit_event where trace_id = '" + refused.header("Slipway-Trace") + "'"))
                .isEqualTo("gone login-refused corp sub-11");
        assertThat(token.get("/api/v1/users/").status()).isEqualTo(401);
    }

    @Test
    void knowsNoOtherProvider() {
        assertThat(companion.anonymous().get("/login/oidc/none").status()).isEqualTo(404);
        assertThat(companion.anonymous().get("/login/github").status()).isEqualTo(404);
    }

    @Test
    void writesDownWhoseAccountItMade() {
        Person person = logIn("sub-12", Map.of("preferred_username", "noted"));

        assertThat(companion.value("select after_state->>'subject' from audit_event where object_kind = 'user'"
                        + " and object_id = '" + person.id() + "' and action = 'create'"))
                .isEqualTo("sub-12");
    }

    // ---- with the program ----

    private static final String VERIFIER = "v".repeat(43);
    private static final String CHALLENGE = dev.slipway.server.oauth.Pkce.challengeOf(VERIFIER);
    private static final String LOOPBACK = "http://127.0.0.1:49152/callback";

    private static String query(String... changes) {
        HttpUrl.Builder url = HttpUrl.get("http://x/oauth/authorize")
                .newBuilder()
                .addQueryParameter("response_type", "code")
                .addQueryParameter("client_id", "slipway-cli")
                .addQueryParameter("redirect_uri", LOOPBACK)
                .addQueryParameter("state", "xyz")
                .addQueryParameter("code_challenge", CHALLENGE)
                .addQueryParameter("code_challenge_method", "S256");
        for (int i = 0; i < changes.length; i += 2) {
            url.setQueryParameter(changes[i], changes[i + 1]);
        }
        HttpUrl made = url.build();
        return made.encodedPath() + "?" + made.encodedQuery();
    }

    /** The page's link for corp, and the browser's cookie. */
    private record Page(String link, String cookie, TestResponse answer) {}

    private static Page page(String... changes) {
        TestResponse answer = companion.anonymous().get(query(changes));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        String link = answer.text().replaceAll("(?s).*href=\"[^\"]*(/login/oidc/corp\\?request=[^\"]*)\".*", "$1");
        return new Page(link, answer.header("Set-Cookie").split(";", 2)[0], answer);
    }

    private static HttpUrl codeFor(String subject, String... changes) {
        Page page = page(changes);
        AtTheDoor door = atTheProvider(with(page.cookie()).get(page.link()), page.cookie());
        willSay("corp", subject, Map.of("preferred_username", subject));
        TestResponse back = door.enter();
        assertThat(back.status()).as(back.toString()).isEqualTo(303);
        return HttpUrl.get(back.header("Location"));
    }

    private static TestResponse exchange(String code, String... changes) {
        Map<String, String> form = new java.util.LinkedHashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "slipway-cli",
                "code",
                code,
                "redirect_uri",
                LOOPBACK,
                "code_verifier",
                VERIFIER));
        for (int i = 0; i < changes.length; i += 2) {
            form.put(changes[i], changes[i + 1]);
        }
        return companion
                .anonymous()
                .form(
                        "/oauth/token",
                        form.entrySet().stream()
                                .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                                .toArray(String[]::new));
    }

    private static TestResponse refresh(String token) {
        return companion
                .anonymous()
                .form(
                        "/oauth/token",
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        "slipway-cli",
                        "refresh_token",
                        token);
    }

    @Test
    void givesTheProgramACodeAndForItTokens() {
        HttpUrl back = codeFor("cli-user");
        assertThat(back.toString()).startsWith(LOOPBACK + "?");
        assertThat(back.queryParameter("state")).isEqualTo("xyz");
        assertThat(back.queryParameter("iss")).isEqualTo(companion.url().toString());

        TestResponse tokens = exchange(back.queryParameter("code"));

        assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
        assertThat(tokens.json().path("scope").asText())
                .contains("users:read-self")
                .doesNotContain("builds:create");
        assertThat(companion
                        .as(tokens.json().path("access_token").asText())
                        .get("/api/v1/users/")
                        .json()
                        .path("username")
                        .asText())
                .isEqualTo("cli-user");
    }

    @Test
    void showsAPageThatNothingCanFrame() {
        TestResponse page = page().answer();

        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(page.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax");
        assertThat(page.text()).contains("Log in with Example Corp");
    }

    @Test
    void letsNoOtherBrowserUseThePagesLinks() {
        Page page = page();

        assertThat(companion.anonymous().get(page.link()).problem()).isEqualTo("login-expired");
    }

    @Test
    void refusesACodeThatComesTwiceAndEndsTheLoginThatItOpened() {
        String code = codeFor("twice").queryParameter("code");
        TestResponse first = exchange(code);

        TestResponse second = exchange(code);

        assertThat(second.status()).isEqualTo(400);
        assertThat(second.json().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(companion
                        .as(first.json().path("access_token").asText())
                        .get("/api/v1/users/")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void refusesACodeWithoutItsProofKey() {
        TestResponse answer = exchange(codeFor("no-key").queryParameter("code"), "code_verifier", "w".repeat(43));

        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    void refusesACodeForAnotherAddress() {
        TestResponse answer = exchange(
                codeFor("elsewhere").queryParameter("code"), "redirect_uri", "http://127.0.0.1:49153/callback");

        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    void refusesACodeThatIsTooOld() {
        String code = codeFor("late").queryParameter("code");
        companion.clock().advance(Duration.ofMinutes(6));

        assertThat(exchange(code).json().path("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    void renewsTokensWithARefreshTokenThatChangesEachTime() {
        JsonNode first = exchange(codeFor("refresher").queryParameter("code")).json();

        TestResponse second = refresh(first.path("refresh_token").asText());

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().path("refresh_token").asText())
                .isNotEqualTo(first.path("refresh_token").asText());
        assertThat(refresh(second.json().path("refresh_token").asText()).status())
                .isEqualTo(200);
    }

    @Test
    void endsTheLoginWhenARefreshTokenComesTwice() {
        String first = exchange(codeFor("robbed").queryParameter("code"))
                .json()
                .path("refresh_token")
                .asText();
        JsonNode second = refresh(first).json();

        assertThat(refresh(first).json().path("error").asText()).isEqualTo("invalid_grant");

        assertThat(refresh(second.path("refresh_token").asText())
                        .json()
                        .path("error")
                        .asText())
                .isEqualTo("invalid_grant");
        assertThat(companion
                        .as(second.path("access_token").asText())
                        .get("/api/v1/users/")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void endsALoginForGood() {
        JsonNode tokens = exchange(codeFor("leaver").queryParameter("code")).json();

        TestResponse answer = companion
                .anonymous()
                .form(
                        "/oauth/revoke",
                        "client_id",
                        "slipway-cli",
                        "token",
                        tokens.path("refresh_token").asText());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(companion
                        .as(tokens.path("access_token").asText())
                        .get("/api/v1/users/")
                        .status())
                .isEqualTo(401);
        assertThat(refresh(tokens.path("refresh_token").asText()).status()).isEqualTo(400);
    }

    @Test
    void endsALoginAfterItsTime() {
        JsonNode tokens = exchange(codeFor("month").queryParameter("code")).json();
        companion.clock().advance(Duration.ofDays(31));

        assertThat(refresh(tokens.path("refresh_token").asText()).status()).isEqualTo(400);
    }

    @Test
    void sendsNothingToAnAddressThatIsNotLoopback() {
        for (String address : List.of(
                "https://evil.example/callback",
                "http://127.0.0.1.evil.example:80/callback",
                "http://127.0.0.1:80@evil.example/",
                "http://localhost:80/callback",
                "javascript:alert(1)",
                "")) {
            assertThat(companion.anonymous().get(query("redirect_uri", address)).status())
                    .as(address)
                    .isEqualTo(400);
        }
    }

    @Test
    void tellsTheProgramWhatIsWrongWithItsRequest() {
        assertThat(fault("code_challenge", "short")).isEqualTo("invalid_request");
        assertThat(fault("code_challenge_method", "plain")).isEqualTo("invalid_request");
        assertThat(fault("response_type", "token")).isEqualTo("unsupported_response_type");
        assertThat(fault("scope", "no:such")).isEqualTo("invalid_scope");
    }

    private static String fault(String name, String value) {
        TestResponse answer = companion.anonymous().get(query(name, value));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).startsWith(LOOPBACK);
        return HttpUrl.get(answer.header("Location")).queryParameter("error");
    }

    @Test
    void knowsNoOtherProgram() {
        assertThat(companion.anonymous().get(query("client_id", "other")).status())
                .isEqualTo(400);
    }

    @Test
    void showsACodeToCopyForAMachineWithoutABrowser() {
        HttpUrl back = codeFor("headless", "redirect_uri", companion.url() + "/oauth/code");

        TestResponse page = companion.anonymous().get(back.encodedPath() + "?" + back.encodedQuery());

        assertThat(page.text()).contains(back.queryParameter("code"));
        assertThat(companion.anonymous().get("/oauth/code?code=%3Cscript%3E").status())
                .isEqualTo(403);
    }

    private record Person(long id, String name, String token) {}

    private static Person logIn(String subject, Map<String, Object> claims) {
        AtTheDoor door = goTo("corp");
        willSay("corp", subject, claims);
        TestResponse answer = door.enter();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return new Person(
                answer.json().path("id").asLong(),
                answer.json().path("username").asText(),
                answer.json().path("jwt_token").asText());
    }
}

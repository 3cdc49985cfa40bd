package dev.slipway.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.login.LoginBrowser.AtTheDoor;
import dev.slipway.server.login.LoginBrowser.Person;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs in at a real OpenID Connect provider, with a browser's part played step by step. */
final class OidcLoginTest {
    private static final TestProvider PROVIDER = new TestProvider();

    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension(PROVIDER.settings());

    private final LoginBrowser browser = new LoginBrowser(companion, PROVIDER);
    private final LoginProgram program = new LoginProgram(companion, PROVIDER, browser);

    @AfterAll
    static void stopTheProvider() {
        PROVIDER.close();
    }

    private static int statusOfOwnAccount(String token) {
        return companion.as(token).get("/api/v1/users/").status();
    }

    private static String error(TestResponse answer) {
        return answer.json().path("error").asText();
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
        AtTheDoor door = browser.goTo(
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
        TestApi person = companion.as(browser.logIn("sub-new", Map.of("preferred_username", "newcomer"))
                .token());

        assertThat(person.get("/api/v1/users/").status()).isEqualTo(200);
        assertThat(person.get("/api/v1/builds/").status()).isEqualTo(403);
    }

    @Test
    void knowsAPersonAgainByTheSubjectAndNotByTheName() {
        Person first = browser.logIn("sub-2", Map.of("preferred_username", "grace"));
        Person renamed = browser.logIn("sub-2", Map.of("preferred_username", "hopper"));
        Person impostor = browser.logIn("sub-3", Map.of("preferred_username", "grace"));

        assertThat(renamed.id()).isEqualTo(first.id());
        assertThat(impostor.id()).isNotEqualTo(first.id());
        assertThat(impostor.name()).isEqualTo("grace@corp");
    }

    @Test
    void opensNoAccountMadeHereForSomebodyOfThatNameElsewhere() {
        assertThat(browser.logIn("sub-4", Map.of("preferred_username", "admin")).name())
                .isEqualTo("admin@corp");
    }

    @Test
    void believesNoAddressThatTheProviderHasNotVerified() {
        Person person = browser.logIn("sub-5", Map.of("preferred_username", "eve", "email", "admin@example.org"));

        assertThat(companion.value("select email is null from app_user where id = " + person.id()))
                .isEqualTo("t");
    }

    @Test
    void refusesAnIdTokenWithAnotherNonce() {
        AtTheDoor door = browser.goTo("corp", "sub-6", Map.of("preferred_username", "mallory", "nonce", "another"));

        TestResponse answer = door.enter();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("login-failed");
    }

    @Test
    void refusesAnIdTokenForAnotherProgram() {
        AtTheDoor door =
                browser.goTo("corp", "sub-7", Map.of("preferred_username", "mallory", "aud", "another-program"));

        assertThat(door.enter().status()).isEqualTo(401);
    }

    @Test
    void refusesAnotherStateThanTheOneSent() {
        assertThat(browser.goTo("corp").enterWith("state", "x".repeat(43)).problem())
                .isEqualTo("login-expired");
    }

    @Test
    void refusesAnotherBrowserThanTheOneThatBegan() {
        AtTheDoor door = browser.goTo("corp");
        String other = browser.goTo("corp").cookie();

        assertThat(door.enterAs(other).problem()).isEqualTo("login-expired");
        assertThat(companion
                        .anonymous()
                        .get("/login/oidc/corp/callback?" + door.query())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void takesAnAnswerOnlyOnce() {
        AtTheDoor door = browser.goTo("corp", "sub-8", Map.of("preferred_username", "once"));
        assertThat(door.enter().status()).isEqualTo(200);

        assertThat(door.enter().problem()).isEqualTo("login-expired");
    }

    @Test
    void takesNoAnswerThatTookTooLong() {
        AtTheDoor door = browser.goTo("corp");
        companion.clock().advance(Duration.ofMinutes(11));

        assertThat(door.enter().problem()).isEqualTo("login-expired");
    }

    @Test
    void doesNotMixProvidersUp() {
        AtTheDoor door = browser.goTo("corp");

        TestResponse answer = browser.with(door.cookie()).get("/login/oidc/strict/callback?" + door.query());

        assertThat(answer.problem()).isEqualTo("login-expired");
    }

    @Test
    void letsInOnlyThoseWithTheRequiredClaims() {
        AtTheDoor without =
                browser.goTo("strict", "sub-9", Map.of("preferred_username", "outsider", "department", "sales"));
        assertThat(without.enter().status()).isEqualTo(403);

        AtTheDoor with =
                browser.goTo("strict", "sub-10", Map.of("preferred_username", "insider", "department", "release"));
        assertThat(with.enter().status()).isEqualTo(200);
    }

    @Test
    void saysWhatAProviderSaysThatLetsNobodyIn() {
        AtTheDoor door = browser.goTo("corp");

        TestResponse answer =
                browser.with(door.cookie()).get("/login/oidc/corp/callback?error=access_denied&state=" + door.state());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("access_denied");
    }

    @Test
    void letsNobodyInWhoseAccountIsClosed() {
        Person person = browser.logIn("sub-11", Map.of("preferred_username", "gone"));
        TestApi token = companion.as(person.token());
        companion.value("update app_user set active = false where id = " + person.id() + " returning id");
        AtTheDoor door = browser.goTo("corp", "sub-11", Map.of("preferred_username", "gone"));

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
        Person person = browser.logIn("sub-12", Map.of("preferred_username", "noted"));

        assertThat(companion.value("select after_state->>'subject' from audit_event where object_kind = 'user'"
                        + " and object_id = '" + person.id() + "' and action = 'create'"))
                .isEqualTo("sub-12");
    }

    // with the program

    @Test
    void givesTheProgramACodeAndForItTokens() {
        HttpUrl back = program.codeFor("cli-user");
        assertThat(back.toString()).startsWith(LoginProgram.LOOPBACK + "?");
        assertThat(back.queryParameter("state")).isEqualTo("xyz");
        assertThat(back.queryParameter("iss")).isEqualTo(companion.url().toString());

        TestResponse tokens = program.exchange(back.queryParameter("code"));

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
        TestResponse page = program.page().answer();

        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(page.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax");
        assertThat(page.text()).contains("Log in with Example Corp");
    }

    @Test
    void letsNoOtherBrowserUseThePagesLinks() {
        LoginProgram.Page page = program.page();

        assertThat(companion.anonymous().get(page.link()).problem()).isEqualTo("login-expired");
    }

    @Test
    void refusesACodeThatComesTwiceAndEndsTheLoginThatItOpened() {
        String code = program.codeFor("twice").queryParameter("code");
        TestResponse first = program.exchange(code);

        TestResponse second = program.exchange(code);

        assertThat(second.status()).isEqualTo(400);
        assertThat(error(second)).isEqualTo("invalid_grant");
        assertThat(statusOfOwnAccount(first.json().path("access_token").asText()))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "code_verifier, wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
        "redirect_uri, http://127.0.0.1:49153/callback",
    })
    void refusesACodeWithoutItsProofKeyOrFromAnotherAddress(String parameter, String other) {
        assertThat(error(program.tokensFor("thief", parameter, other))).isEqualTo("invalid_grant");
    }

    @Test
    void refusesACodeThatIsTooOld() {
        String code = program.codeFor("late").queryParameter("code");
        companion.clock().advance(Duration.ofMinutes(6));

        assertThat(error(program.exchange(code))).isEqualTo("invalid_grant");
    }

    @Test
    void renewsTokensWithARefreshTokenThatChangesEachTime() {
        JsonNode first = program.tokensFor("refresher").json();

        TestResponse second = program.refresh(first.path("refresh_token").asText());

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().path("refresh_token").asText())
                .isNotEqualTo(first.path("refresh_token").asText());
        assertThat(program.refresh(second.json().path("refresh_token").asText()).status())
                .isEqualTo(200);
    }

    @Test
    void endsTheLoginWhenARefreshTokenComesTwice() {
        String first = program.tokensFor("robbed").json().path("refresh_token").asText();
        JsonNode second = program.refresh(first).json();

        assertThat(error(program.refresh(first))).isEqualTo("invalid_grant");

        assertThat(error(program.refresh(second.path("refresh_token").asText())))
                .isEqualTo("invalid_grant");
        assertThat(statusOfOwnAccount(second.path("access_token").asText())).isEqualTo(401);
    }

    @Test
    void endsALoginForGood() {
        JsonNode tokens = program.tokensFor("leaver").json();

        TestResponse answer = companion
                .anonymous()
                .form(
                        "/oauth/revoke",
                        "client_id",
                        "slipway-cli",
                        "token",
                        tokens.path("refresh_token").asText());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(statusOfOwnAccount(tokens.path("access_token").asText())).isEqualTo(401);
        assertThat(program.refresh(tokens.path("refresh_token").asText()).status())
                .isEqualTo(400);
    }

    @Test
    void endsALoginAfterItsTime() {
        JsonNode tokens = program.tokensFor("month").json();
        companion.clock().advance(Duration.ofDays(31));

        assertThat(program.refresh(tokens.path("refresh_token").asText()).status())
                .isEqualTo(400);
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
            assertThat(companion
                            .anonymous()
                            .get(LoginProgram.address("redirect_uri", address))
                            .status())
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
        TestResponse answer = companion.anonymous().get(LoginProgram.address(name, value));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).startsWith(LoginProgram.LOOPBACK);
        return HttpUrl.get(answer.header("Location")).queryParameter("error");
    }

    @Test
    void knowsNoOtherProgram() {
        assertThat(companion
                        .anonymous()
                        .get(LoginProgram.address("client_id", "other"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void showsACodeToCopyForAMachineWithoutABrowser() {
        HttpUrl back = program.codeFor("headless", "redirect_uri", companion.url() + "/oauth/code");

        TestResponse page = companion.anonymous().get(back.encodedPath() + "?" + back.encodedQuery());

        assertThat(page.text()).contains(back.queryParameter("code"));
        assertThat(companion.anonymous().get("/oauth/code?code=%3Cscript%3E").status())
                .isEqualTo(403);
    }
}

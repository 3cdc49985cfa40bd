package dev.slipway.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.server.oauth.Pkce;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/** Plays the part of the program whose user logs in with a browser. Changes to its requests are names and values in turn. */
final class LoginProgram {
    /** Where the program listens. */
    static final String LOOPBACK = "http://127.0.0.1:49152/callback";

    private static final String VERIFIER = "v".repeat(43);

    private final CompanionExtension companion;
    private final TestProvider provider;
    private final LoginBrowser browser;

    LoginProgram(CompanionExtension companion, TestProvider provider, LoginBrowser browser) {
        this.companion = companion;
        this.provider = provider;
        this.browser = browser;
    }

    /** The address that the program has the browser open. */
    static String address(String... changes) {
        HttpUrl.Builder url = HttpUrl.get("http://x/oauth/authorize")
                .newBuilder()
                .addQueryParameter("response_type", "code")
                .addQueryParameter("client_id", "slipway-cli")
                .addQueryParameter("redirect_uri", LOOPBACK)
                .addQueryParameter("state", "xyz")
                .addQueryParameter("code_challenge", Pkce.challengeOf(VERIFIER))
                .addQueryParameter("code_challenge_method", "S256");
        for (int i = 0; i < changes.length; i += 2) {
            url.setQueryParameter(changes[i], changes[i + 1]);
        }
        HttpUrl made = url.build();
        return made.encodedPath() + "?" + made.encodedQuery();
    }

    /** The page's link for corp, and the browser's cookie. */
    record Page(String link, String cookie, TestResponse answer) {}

    Page page(String... changes) {
        TestResponse answer = companion.anonymous().get(address(changes));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        String link = answer.text().replaceAll("(?s).*href=\"[^\"]*(/login/oidc/corp\\?request=[^\"]*)\".*", "$1");
        return new Page(link, LoginBrowser.cookieOf(answer), answer);
    }

    /** Where the browser is sent with the code, once this subject has logged in. */
    HttpUrl codeFor(String subject, String... changes) {
        Page page = page(changes);
        LoginBrowser.AtTheDoor door =
                browser.atTheProvider(browser.with(page.cookie()).get(page.link()), page.cookie());
        provider.willSay("corp", subject, Map.of("preferred_username", subject));
        TestResponse back = door.enter();
        assertThat(back.status()).as(back.toString()).isEqualTo(303);
        return HttpUrl.get(back.header("Location"));
    }

    /** Asks for tokens for the code of a whole login. */
    TestResponse tokensFor(String subject, String... changes) {
        return exchange(codeFor(subject).queryParameter("code"), changes);
    }

    TestResponse exchange(String code, String... changes) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", "slipway-cli");
        form.put("code", code);
        form.put("redirect_uri", LOOPBACK);
        form.put("code_verifier", VERIFIER);
        for (int i = 0; i < changes.length; i += 2) {
            form.put(changes[i], changes[i + 1]);
        }
        return companion
                .anonymous()
                .form(
                        "/oauth/token",
                        form.entrySet().stream()
                                .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                                .toArray(String[]::new));
    }

    TestResponse refresh(String token) {
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
}

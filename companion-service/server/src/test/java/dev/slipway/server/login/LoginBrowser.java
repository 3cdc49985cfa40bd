package dev.slipway.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Plays a browser's part of logins at the companion through a provider, step by step. */
final class LoginBrowser {
    private static final OkHttpClient HTTP =
            new OkHttpClient.Builder().followRedirects(false).build();

    private final CompanionExtension companion;
    private final TestProvider provider;

    LoginBrowser(CompanionExtension companion, TestProvider provider) {
        this.companion = companion;
        this.provider = provider;
    }

    /** A login that has come as far as the provider's answer, which the browser has yet to bring to the companion. */
    final class AtTheDoor {
        private final HttpUrl callback;
        private final String cookie;

        private AtTheDoor(HttpUrl callback, String cookie) {
            this.callback = callback;
            this.cookie = cookie;
        }

        /** The query with which the provider sent the browser back. */
        String query() {
            return callback.encodedQuery();
        }

        String state() {
            return callback.queryParameter("state");
        }

        String cookie() {
            return cookie;
        }

        TestResponse enter() {
            return enter(callback);
        }

        TestResponse enterWith(String parameter, String value) {
            return enter(
                    callback.newBuilder().setQueryParameter(parameter, value).build());
        }

        /** Enters as another browser, which holds another cookie. */
        TestResponse enterAs(String otherCookie) {
            return new AtTheDoor(callback, otherCookie).enter();
        }

        private TestResponse enter(HttpUrl at) {
            return with(cookie).get(at.encodedPath() + "?" + at.encodedQuery());
        }
    }

    /** Whoever was let in. */
    record Person(long id, String name, String token) {}

    TestApi with(String cookie) {
        return companion.anonymous().with("Cookie", cookie);
    }

    /** Begins a login through a provider. */
    AtTheDoor goTo(String issuer) {
        TestResponse off = companion.anonymous().get("/login/oidc/" + issuer);
        assertThat(off.status()).isEqualTo(303);
        return atTheProvider(off, cookieOf(off));
    }

    /** As {@link #goTo}, with a provider that vouches for this subject with these claims. */
    AtTheDoor goTo(String issuer, String subject, Map<String, Object> claims) {
        AtTheDoor door = goTo(issuer);
        provider.willSay(issuer, subject, claims);
        return door;
    }

    /** The cookie that an answer sets. */
    static String cookieOf(TestResponse answer) {
        return answer.header("Set-Cookie").split(";", 2)[0];
    }

    /** Goes where the companion sent the browser, and is vouched for. */
    AtTheDoor atTheProvider(TestResponse off, String cookie) {
        try (Response answer = HTTP.newCall(
                        new Request.Builder().url(off.header("Location")).build())
                .execute()) {
            assertThat(answer.code()).isEqualTo(302);
            return new AtTheDoor(HttpUrl.get(answer.header("Location")), cookie);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A whole login through the provider {@code corp}. */
    Person logIn(String subject, Map<String, Object> claims) {
        TestResponse answer = goTo("corp", subject, claims).enter();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return new Person(
                answer.json().path("id").asLong(),
                answer.json().path("username").asText(),
                answer.json().path("jwt_token").asText());
    }
}

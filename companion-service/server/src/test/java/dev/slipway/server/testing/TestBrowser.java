package dev.slipway.server.testing;

import java.io.IOException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A person's browser at a login: opens a page, takes its first link, and follows where it is sent. */
public final class TestBrowser {
    private static final Pattern LINK = Pattern.compile("href=\"([^\"]+)\"");
    private static final OkHttpClient HTTP =
            new OkHttpClient.Builder().followRedirects(false).build();

    private String cookie = "";

    /** The last page, after a login that began at {@code address}. */
    public String logIn(String address) {
        Matcher link = LINK.matcher(visit(HttpUrl.get(address)));
        if (!link.find()) {
            throw new AssertionError("the page has no link");
        }
        return visit(HttpUrl.get(link.group(1)));
    }

    private String visit(HttpUrl from) {
        HttpUrl url = from;
        for (int i = 0; i < 10; i++) {
            try (Response answer = HTTP.newCall(new Request.Builder()
                            .url(url)
                            .header("Cookie", cookie)
                            .build())
                    .execute()) {
                String set = answer.header("Set-Cookie");
                if (set != null) {
                    cookie = set.replaceFirst(";.*", "");
                }
                if (answer.code() < 300 || answer.code() >= 400) {
                    return answer.body().string();
                }
                url = Objects.requireNonNull(url.resolve(Objects.requireNonNull(answer.header("Location"))));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("sent around in circles");
    }
}

package dev.slipway.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    private static List<String> references(String html) {
        List<String> found = new ArrayList<>();
        Matcher matcher = REFERENCE.matcher(html);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/docs/"})
    void showsAPageThatLoadsFromThisServiceAlone(String path) {
        TestResponse page = companion.anonymous().get(path);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .contains("script-src 'self';", "connect-src 'self'", "frame-ancestors 'none'");
        assertThat(references(page.text())).hasSize(4).allMatch(each -> each.startsWith("/docs/"));
    }

    @Test
    void servesEverythingThatThePageRefersTo() {
        for (String reference : references(companion.anonymous().get("/docs").text())) {
            TestResponse asset = companion.anonymous().get(reference);
            assertThat(asset.status()).as(reference).isEqualTo(200);
            assertThat(asset.bytes()).as(reference).isNotEmpty();
            assertThat(asset.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
        assertThat(companion.anonymous().get("/docs/start.js").text())
                .contains("\"/openapi.yaml\"")
                .doesNotContain("http:", "https:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "swagger-ui.js", "..", "pom.properties", "%2e%2e%2fstart.js"})
    void servesNothingElse(String file) {
        assertThat(companion.anonymous().get("/docs/" + file).status()).isIn(400, 404);
    }
}

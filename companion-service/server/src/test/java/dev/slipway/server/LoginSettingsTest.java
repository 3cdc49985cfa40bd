package dev.slipway.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a companion refuses to start with. */
final class LoginSettingsTest {
    @TempDir
    private Path directory;

    private String secret;

    @BeforeEach
    void writeASecret() throws Exception {
        secret = Files.writeString(directory.resolve("secret"), "s\n").toString();
    }

    private static LoginSettings of(Map<String, String> settings) {
        return new LoginSettings(new Settings(settings));
    }

    @Test
    void refusesToLetEverybodyOnGithubIn() {
        assertThatThrownBy(() -> of(Map.of("github.client-id", "x", "github.client-secret-file", secret))
                        .github())
                .hasMessageContaining("github.organisations");
    }

    @Test
    void refusesAGithubThatIsNotHttps() {
        assertThatThrownBy(() -> of(Map.of(
                                "github.client-id",
                                "x",
                                "github.client-secret-file",
                                secret,
                                "github.organisations",
                                "o",
                                "github.url",
                                "http://github.example"))
                        .github())
                .hasMessageContaining("https");
    }

    @Test
    void refusesAnEmptySecret() throws Exception {
        String empty = Files.writeString(directory.resolve("empty"), "\n").toString();

        assertThatThrownBy(() -> of(Map.of(
                                "github.client-id",
                                "x",
                                "github.client-secret-file",
                                empty,
                                "github.organisations",
                                "o"))
                        .github())
                .hasMessageContaining("github.client-secret-file");
    }

    @Test
    void namesASecretFileThatIsNotThere() {
        assertThatThrownBy(() -> of(Map.of("github.client-id", "x", "github.client-secret-file", "/none"))
                        .github())
                .hasMessageContaining("/none");
    }

    @Test
    void refusesAProviderThatIsNotHttps() {
        assertThatThrownBy(() -> of(Map.of(
                                "oidc.providers",
                                "corp",
                                "oidc.corp.issuer",
                                "http://corp.example",
                                "oidc.corp.client-id",
                                "x"))
                        .oidc())
                .hasMessageContaining("oidc.corp.issuer");
    }

    @Test
    void refusesAnIssuerWithoutAnAudience() {
        assertThatThrownBy(() -> of(Map.of("trust.issuers", "ci", "trust.ci.issuer", "https://ci.example"))
                        .issuers())
                .hasMessageContaining("trust.ci.audience");
    }

    @Test
    void refusesARoleThatIsNone() {
        assertThatThrownBy(() -> of(Map.of("login.role", "king")).firstRole()).hasMessageContaining("king");
    }

    @Test
    void refusesAPublicAddressInTheClearUnlessThatIsAskedFor() {
        CompanionConfig config =
                CompanionConfig.defaults(directory).withPublicUrl(URI.create("http://slipway.example/"));

        assertThatThrownBy(() -> Companion.start(config)).hasMessageContaining("plain HTTP");
    }

    @Test
    void refusesAPublicAddressWithAPassword() {
        CompanionConfig config =
                CompanionConfig.defaults(directory).withPublicUrl(URI.create("https://a:b@slipway.example/"));

        assertThatThrownBy(() -> Companion.start(config)).hasMessageContaining("public URL");
    }
}

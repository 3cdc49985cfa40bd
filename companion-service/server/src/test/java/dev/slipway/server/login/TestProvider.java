package dev.slipway.server.login;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;

/** A real OpenID Connect provider on this machine, which vouches for whoever it is told to. */
final class TestProvider implements AutoCloseable {
    private static final int SECONDS = 3600;

    private final MockOAuth2Server server = new MockOAuth2Server();

    TestProvider() {
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    /**
     * What a companion is told of its two issuers: {@code corp} knows the companion's secret and lets everybody in, {@code
     * strict} only who releases.
     */
    Map<String, String> settings() {
        return Map.of(
                "oidc.providers", "corp, strict",
                "oidc.corp.issuer", server.issuerUrl("corp").toString(),
                "oidc.corp.client-id", "slipway",
                "oidc.corp.client-secret-file", secretFile(),
                "oidc.corp.label", "Example Corp",
                "oidc.strict.issuer", server.issuerUrl("strict").toString(),
                "oidc.strict.client-id", "slipway",
                "oidc.strict.require", "department=release");
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

    /** Has the next token of an issuer be about this subject, with these claims. */
    void willSay(String issuer, String subject, Map<String, Object> claims) {
        server.enqueueCallback(
                new DefaultOAuth2TokenCallback(issuer, subject, "JWT", List.of("slipway"), claims, SECONDS));
    }

    @Override
    public void close() {
        server.shutdown();
    }
}

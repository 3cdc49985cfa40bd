package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.server.testing.CompanionExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    @TempDir
    Path directory;

    private final Cli admin = Cli.admin(companion);

    private static int status(String token) {
        return companion.as(token).get("/api/v1/builds/").status();
    }

    @Test
    void aNewTokenIsTheOnlyLineAndWorks() {
        Cli.Ran ran = admin.run("token", "create", "--role", "reader", "dashboard");

        assertThat(ran.out().lines()).hasSize(1);
        assertThat(status(ran.out().strip())).isEqualTo(200);
    }

    @Test
    void aTokenInAFileIsForItsOwnerAloneAndIsNotPrinted() throws IOException {
        Path file = directory.resolve("token");

        Cli.Ran ran = admin.run("token", "create", "--role", "reader", "--file", file.toString(), "dashboard");

        String token = Files.readString(file).strip();
        assertThat(status(token)).isEqualTo(200);
        assertThat(ran.out() + ran.err()).doesNotContain(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatIsThereIsNeverOverwritten() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "mine");

        Cli.Ran ran = admin.run("token", "create", "--role", "reader", "--file", file.toString(), "dashboard");

        assertThat(ran.exit()).isEqualTo(6);
        assertThat(file).hasContent("mine");
    }

    @Test
    void theListShowsNoSecret() {
        String token =
                admin.run("token", "create", "--role", "reader", "listed").out().strip();

        Cli.Ran table = admin.run("token", "list");
        Cli.Ran json = admin.run("token", "list", "--json");

        assertThat(table.out()).contains("listed").doesNotContain(token);
        assertThat(json.out()).contains("listed").doesNotContain(token);
        assertThat(json.json().isArray()).isTrue();
    }

    @Test
    void aRevokedTokenIsRefusedAtOnce() {
        Cli.Ran made = admin.run("token", "create", "--role", "reader", "--json", "short-lived");
        String token = made.json().path("token").asText();
        assertThat(status(token)).isEqualTo(200);

        assertThat(admin.run("token", "revoke", made.json().path("id").asText()).exit())
                .isZero();

        assertThat(status(token)).isEqualTo(401);
    }

    @Test
    void aRoleOrScopesHaveToBeGivenAndNotBoth() {
        assertThat(admin.run("token", "create", "x").exit()).isEqualTo(2);
        assertThat(admin.run("token", "create", "--role", "reader", "--scope", "builds:read", "x")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void anUnknownScopeIsNamed() {
        Cli.Ran ran = admin.run("token", "create", "--scope", "builds:fly", "x");

        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.complaint()).contains("builds:fly");
    }
}

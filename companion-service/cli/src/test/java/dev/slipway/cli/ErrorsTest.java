package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.server.testing.CompanionExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Each failure is one line on standard error, nothing on standard output, and the exit code that the help tells. */
class ErrorsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final String SOURCE = "https://git.example/tide.git";

    @TempDir
    Path directory;

    private static void assertFails(Cli.Ran ran, int exit, String... words) {
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(exit);
        assertThat(ran.err().lines()).as(ran.err()).hasSize(1);
        assertThat(ran.err()).startsWith("slipway: ").contains(words).doesNotContain("Exception");
        assertThat(ran.out()).isEmpty();
    }

    private static Cli admin() {
        return Cli.admin(companion);
    }

    @Test
    void aCompanionThatIsNotThereIsNamed() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        String url = "http://127.0.0.1:" + free;

        assertFails(new Cli(url, "x").run("token", "list"), 3, url, "is it running");
    }

    @Test
    void aWrongTokenIsRefusedWithTheRemedyAndNotPrinted() {
        Cli.Ran ran = new Cli(companion.url().toString(), "slp_wrong-secret").run("token", "list");

        assertFails(ran, 4, "--token-file", "SLIPWAY_TOKEN");
        assertThat(ran.err()).doesNotContain("wrong-secret");
    }

    @Test
    void aTokenThatMayNotDoThisIsToldWhatItLacks() {
        Cli reader = Cli.as(companion, "reader", "reader");

        assertFails(reader.run("build", "--platform", "el9", SOURCE), 4, "builds:create");
    }

    @Test
    void anEmptyTokenFileIsNamed() throws IOException {
        Path empty = Files.createFile(directory.resolve("token"));

        assertFails(
                Cli.plain("token", "list", "--url", companion.url().toString(), "--token-file", empty.toString()),
                4,
                empty.toString());
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = directory.resolve("missing.yaml");

        assertFails(admin().run("apply", missing.toString()), 6, missing.toString());
    }

    @Test
    void anUnknownPlatformIsNamed() {
        assertFails(admin().run("build", "--platform", "no-such", SOURCE), 5, "no-such");
    }

    @Test
    void unknownIdsAreNamed() {
        assertFails(admin().run("log", "987654"), 5, "987654");
        assertFails(admin().run("test", "987654"), 5, "987654");
        assertFails(admin().run("release", "show", "987654"), 5, "987654");
        assertFails(admin().run("compose", "delete", "987654"), 5, "987654");
    }

    @Test
    void anUnknownSignKeyIsNamed() {
        assertFails(admin().run("sign", "--key", "no-such", "1"), 5, "no-such");
    }

    @Test
    void whatIsNoSourceIsWrongUsage() {
        assertFails(admin().run("build", "--platform", "el9", "no-such-folder"), 2, "no-such-folder");
    }

    @Test
    void aWrongPassphraseNamesTheKeyFile() throws IOException {
        SampleKey key = SampleKeys.withPassphrase();
        Path secret = Files.write(directory.resolve("release.asc"), key.secretFile());
        Path passphrase = Files.writeString(directory.resolve("release.pass"), "not it\n");

        Cli.Ran ran = admin().run(
                        "worker",
                        "--kinds",
                        "sign",
                        "--home",
                        directory.toString(),
                        "--sign-key",
                        secret.toString(),
                        "--passphrase-file",
                        passphrase.toString());

        assertFails(ran, 6, "release.asc", "passphrase");
        assertThat(ran.err()).doesNotContain("not it");
    }

    // acceptance case 65
    @Test
    void anExpiredKeyIsRefusedBeforeTheWorkerOffersIt() throws IOException {
        SampleKey key = SampleKeys.expired();
        Path secret = Files.write(directory.resolve("old.asc"), key.secretFile());
        Path passphrase = Files.writeString(directory.resolve("old.pass"), key.passphrase());

        assertFails(
                admin().run(
                                "worker",
                                "--kinds",
                                "sign",
                                "--home",
                                directory.toString(),
                                "--sign-key",
                                secret.toString(),
                                "--passphrase-file",
                                passphrase.toString()),
                6,
                "old.asc",
                "expired");
    }

    @Test
    void aWrongListeningAddressIsWrongUsage() {
        assertFails(Cli.plain("server", "--listen", "8080x", "--var", directory.toString()), 2, "8080x");
    }

    @Test
    void listeningBeyondLoopbackInTheClearHasToBeAskedFor() {
        assertFails(Cli.plain("server", "--listen", "0.0.0.0:0", "--var", directory.toString()), 2, "--insecure-http");
    }

    @Test
    void anUnknownSettingIsNamed() throws IOException {
        Path url = Files.writeString(directory.resolve("url"), companion.databaseUrl());

        assertFails(
                Cli.plain(
                        "server",
                        "--listen",
                        "127.0.0.1:0",
                        "--var",
                        directory.toString(),
                        "--database-url-file",
                        url.toString(),
                        "--set",
                        "tasks.leese=PT1S"),
                2,
                "tasks.leese");
    }

    @Test
    void aDatabaseThatCannotBeReachedIsNamedWithoutItsPassword() throws IOException {
        Path url = Files.writeString(directory.resolve("url"), "postgresql://u:secret@127.0.0.1:1/none");

        Cli.Ran ran = Cli.plain(
                "server",
                "--listen",
                "127.0.0.1:0",
                "--var",
                directory.toString(),
                "--database-url-file",
                url.toString());

        assertFails(ran, 6, "cannot reach the database", "127.0.0.1:1");
        assertThat(ran.err()).doesNotContain("secret");
    }
}

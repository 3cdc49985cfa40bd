package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.client.wire.Json;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestBrowser;
import dev.slipway.server.testing.TestGithub;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the program against a companion, with a browser at its side. */
final class LoginCommandTest {
    private static final TestGithub GITHUB = new TestGithub();
    private static final Pattern ADDRESS = Pattern.compile("http://\\S+/oauth/authorize\\S+");

    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension(GITHUB.settings());

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterAll
    static void stopGithub() {
        GITHUB.close();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--url");
        all.add(companion.url().toString());
        CommandLine program =
                Slipway.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return program.execute(all.toArray(String[]::new));
    }

    private int runAsAdmin(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--token-file");
        all.add(companion.var().resolve("bootstrap-token").toString());
        return run(all.toArray(String[]::new));
    }

    private String logins() {
        return directory.resolve("logins.json").toString();
    }

    private void logIn() throws Exception {
        CompletableFuture<Integer> login =
                CompletableFuture.supplyAsync(() -> run("login", "--browser", "true", "--login-file", logins()));
        await().until(() -> ADDRESS.matcher(err.toString()).find() || login.isDone());
        Matcher address = ADDRESS.matcher(err.toString());
        assertThat(address.find()).as(err.toString()).isTrue();
        new TestBrowser().logIn(address.group());
        assertThat(login.get(30, TimeUnit.SECONDS)).as(err.toString()).isZero();
    }

    @Test
    void logsInByABrowserAndActsAsThatPersonFromThenOn() throws Exception {
        logIn();
        assertThat(out.toString()).contains("as ada");

        int code = run("token", "create", "--scope", "users:read-self", "mine", "--json", "--login-file", logins());

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("\"owner\" : \"ada\"");
    }

    @Test
    void endsALogin() throws Exception {
        logIn();

        assertThat(run("logout", "--login-file", logins())).as(err.toString()).isZero();

        assertThat(Files.readString(Path.of(logins()))).doesNotContain("slr_");
        assertThat(companion.value("select bool_and(ended_at is not null) from login_session"))
                .isEqualTo("t");
    }

    @Test
    void saysThatNobodyWasLoggedIn() {
        assertThat(run("logout", "--login-file", logins())).isZero();
        assertThat(out.toString()).contains("not logged in");
    }

    @Test
    void makesAClientAndActsAsIt() throws Exception {
        Path secret = directory.resolve("secret");
        assertThat(runAsAdmin(
                        "client",
                        "create",
                        "--scope",
                        "builds:read",
                        "--secret-file",
                        secret.toString(),
                        "--json",
                        "ci"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).doesNotContain("slc_");
        String id = Json.mapper().readTree(out.toString()).path("client_id").asText();

        assertThat(run("token", "list", "--client-id", id, "--client-secret-file", secret.toString()))
                .isEqualTo(ExitCode.DENIED);
        assertThat(err.toString()).contains("tokens:read");
    }

    @Test
    void listsRenewsAndRevokesClients() throws Exception {
        runAsAdmin("client", "create", "--role", "worker", "--json", "build-host");
        String first = out.toString();
        long id = Json.mapper().readTree(first).path("id").asLong();
        out.getBuffer().setLength(0);

        assertThat(runAsAdmin("client", "list")).isZero();
        assertThat(out.toString()).contains("build-host").doesNotContain("slc_");
        out.getBuffer().setLength(0);
        assertThat(runAsAdmin("client", "renew", String.valueOf(id), "--json")).isZero();
        assertThat(Json.mapper().readTree(out.toString()).path("client_secret").asText())
                .startsWith("slc_")
                .isNotEqualTo(
                        Json.mapper().readTree(first).path("client_secret").asText());
        assertThat(runAsAdmin("client", "revoke", String.valueOf(id))).isZero();
        assertThat(runAsAdmin("client", "revoke", String.valueOf(id))).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void refusesToSendASecretInTheClear() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "slc_x\n");
        CommandLine program =
                Slipway.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

        int code = program.execute(
                "token",
                "list",
                "--url",
                "http://slipway.example",
                "--client-id",
                "x",
                "--client-secret-file",
                secret.toString());

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("in the clear");
    }
}

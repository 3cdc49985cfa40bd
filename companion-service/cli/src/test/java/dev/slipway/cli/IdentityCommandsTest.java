package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.server.testing.CompanionExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands for teams, grants, distributions and the audit, as people type them. */
final class IdentityCommandsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private record Ran(int code, String out, String err) {}

    private static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Slipway.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = line.execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }

    /** Runs a command as the administrator; it must succeed. */
    private static String admin(String... arguments) {
        Ran ran = run(Stream.concat(
                        Stream.of(arguments),
                        Stream.of(
                                "--url",
                                companion.url().toString(),
                                "--token-file",
                                companion.var().resolve("bootstrap-token").toString()))
                .toArray(String[]::new));
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        return ran.out();
    }

    @Test
    void manageTeams() {
        companion.token("ada", List.of("users:read-self"));

        assertThat(admin("team", "create", "crew", "--member", "ada"))
                .contains("crew")
                .contains("ada");
        admin("team", "remove", "crew", "ada");
        assertThat(admin("team", "list", "--json")).contains("\"members\" : [ ]");
        admin("team", "add", "crew", "ada");
        admin("team", "delete", "crew");
        assertThat(companion.value("select count(*) from team")).isEqualTo("0");
    }

    @Test
    void manageGrants() {
        companion.token("grace", List.of("users:read-self"));

        admin("grant", "create", "--user", "grace", "reader");
        assertThat(admin("grant", "list", "--user", "grace"))
                .contains("user grace")
                .contains("everywhere");
        String id = companion.value(
                "select g.id from role_grant g join app_user u on u.id = g.user_id" + " where u.username = 'grace'");
        admin("grant", "delete", id);
        assertThat(admin("grant", "list", "--user", "grace")).doesNotContain("user grace");
    }

    @Test
    void banAccountsAndLetThemInAgain() {
        String token = Objects.requireNonNull(
                companion.token("mallory", List.of("users:read-self")).token());

        assertThat(admin("user", "ban", "mallory")).contains("mallory is banned");
        assertThat(companion.as(token).get("/api/v1/users/").status()).isEqualTo(401);
        assertThat(admin("user", "list")).contains("banned");
        admin("user", "unban", "mallory");
        assertThat(companion.as(token).get("/api/v1/users/").status()).isEqualTo(200);
    }

    @Test
    void printTheAudit() {
        companion.token("watched", List.of("users:read-self"));

        assertThat(admin("audit", "--actor", "admin", "--action", "create", "--kind", "token"))
                .contains("admin")
                .contains("127.0.0.1");
    }

    @Test
    void applyTheApprovalThatADistributionIsDeclaredWith() throws Exception {
        Path file = Files.createTempFile("slipway-apply-", ".yaml");
        String declared = """
                platforms:
                  - {name: quay, type: rpm, distr_type: demo, distr_version: "9", test_dist_name: demo,
                     arch_list: [x86_64], data: {}}
                distributions:
                  - {name: harbour, platforms: [quay], approval: %s}
                """;
        Files.writeString(file, declared.formatted("none"));
        admin("apply", file.toString());
        Files.writeString(file, declared.formatted("second-person"));

        assertThat(admin("apply", file.toString())).contains("updated");
        assertThat(admin("distribution", "list")).contains("harbour").contains("second-person");
    }

    @Test
    void printCompletionsForTheShell() {
        Ran ran = run("completion", "bash");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("complete -F").contains("distribution");
        assertThat(run("completion", "tcsh").code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "team", "grant", "audit", "distribution", "release", "completion"})
    void explainThemselvesWithExamples(String command) {
        Ran ran = run(command, "--help");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("Examples:").contains("slipway " + command);
    }
}

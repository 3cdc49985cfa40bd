package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.identity.Token;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestFolders;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands for teams, grants, webhooks, platforms, projects, distributions and the audit, as people type them. */
final class IdentityCommandsTest {
    private static final Path PROJECTS = TestFolders.temporary("projects");

    @RegisterExtension
    static final CompanionExtension companion =
            new CompanionExtension(Map.of("projects.catalogues", "alma=" + PROJECTS));

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
        Ran ran = run(asAdmin(arguments));
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        return ran.out();
    }

    private static String[] asAdmin(String... arguments) {
        return Stream.concat(
                        Stream.of(arguments),
                        Stream.of(
                                "--url",
                                companion.url().toString(),
                                "--token-file",
                                companion.var().resolve("bootstrap-token").toString()))
                .toArray(String[]::new);
    }

    /** Runs a command as the administrator; it must be refused. */
    private static Ran failing(String... arguments) {
        Ran ran = run(asAdmin(arguments));
        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(ExitCode.REFUSED);
        return ran;
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
        assertThat(companion.value("select count(*) from team where name = 'crew'"))
                .isEqualTo("0");
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
    void findATeamAndAUserBehindHundredsOfOthers() {
        companion.value("with teams as (insert into team (name, description, created_at)"
                + " select 'a' || n, '', now() from generate_series(1, 250) n returning 1)"
                + " insert into app_user (username, kind, created_at)"
                + " select 'a' || n, 'service', now() from generate_series(1, 250) n returning id");
        companion.token("zoe", List.of("users:read-self"));
        admin("team", "create", "zulu");

        assertThat(admin("team", "add", "zulu", "zoe")).contains("zoe");
        assertThat(admin("user", "ban", "zoe")).contains("zoe is banned");
        assertThat(admin("team", "list")).contains("a250").contains("zulu");
        assertThat(admin("user", "list")).contains("a250").contains("zoe");
        assertThat(failing("team", "add", "zulus", "zoe").err()).contains("there is no team zulus");
        assertThat(failing("user", "ban", "zoes").err()).contains("there is no user zoes");
    }

    @Test
    void sayWhatTheyTookAwayAsJson() {
        Token token = companion.token("short", List.of("users:read-self"));
        admin("team", "create", "brief");

        assertThat(admin("token", "revoke", "--json", String.valueOf(token.id())))
                .contains("\"revoked\" : " + token.id());
        assertThat(admin("team", "delete", "--json", "brief")).contains("\"deleted\" : \"brief\"");
    }

    @Test
    void manageWebhooks() {
        String made = admin("webhook", "create", "--event", "build.finished", "chat", "https://chat.slipway.example/7");
        String id = made.lines().findFirst().orElseThrow().replace("webhook ", "");

        assertThat(made.lines()).hasSize(2); // the id and the secret
        assertThat(admin("webhook", "list")).contains("chat", "build.finished");
        assertThat(admin("webhook", "list", "--json"))
                .doesNotContain(made.lines().toList().get(1));
        assertThat(admin("webhook", "update", "--no-active", "--all-events", id))
                .contains("is at revision 1");
        assertThat(admin("webhook", "list")).contains("off").contains("all");
        admin("webhook", "update", "--active", id);
        String sent = admin("webhook", "ping", id);
        assertThat(sent).contains("will be sent");
        assertThat(admin("webhook", "deliveries", id)).contains("ping");
        assertThat(admin("webhook", "redeliver", id, sent.split(" ")[1])).contains("will be sent again");
        assertThat(admin("webhook", "delete", "--json", id)).contains("\"deleted\" : " + id);
        assertThat(failing("webhook", "ping", id).err()).contains("there is no webhook " + id);
    }

    @Test
    void listPlatforms() {
        String name = new Farm(companion).platform("deb", "amd64", "arm64");

        assertThat(admin("platform", "list").lines().filter(line -> line.contains(name)))
                .singleElement()
                .asString()
                .contains("deb", "demo 9", "amd64 arm64");
        assertThat(admin("platform", "list", "--json")).contains("\"name\" : \"" + name + "\"");
    }

    @Test
    void listProjectsOfCatalogues() throws Exception {
        Process git = new ProcessBuilder(
                        "git",
                        "init",
                        "-q",
                        "--bare",
                        PROJECTS.resolve("tally.git").toString())
                .start();
        assertThat(git.waitFor()).isZero();
        companion.clock().advance(Duration.ofMinutes(11));
        companion.companion().background().runNow("projects.read");

        assertThat(admin("project", "catalogues")).contains("alma", PROJECTS.toString());
        assertThat(admin("project", "list")).contains("tally");
        assertThat(admin("project", "list", "--json", "alma")).contains("\"name\" : \"tally\"");
        assertThat(failing("project", "list", "nowhere").err()).contains("nowhere");
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
        Path file = TestFolders.temporary("apply").resolve("declared.yaml");
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
    @ValueSource(
            strings = {
                "user",
                "team",
                "grant",
                "audit",
                "distribution",
                "release",
                "completion",
                "webhook",
                "platform",
                "project"
            })
    void explainThemselvesWithExamples(String command) {
        Ran ran = run(command, "--help");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("Examples:").contains("slipway " + command);
    }
}

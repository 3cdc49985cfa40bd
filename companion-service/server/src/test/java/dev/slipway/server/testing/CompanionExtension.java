package dev.slipway.server.testing;

import dev.slipway.api.identity.GrantRequest;
import dev.slipway.api.identity.Role;
import dev.slipway.api.identity.Token;
import dev.slipway.api.identity.TokenRequest;
import dev.slipway.server.Companion;
import dev.slipway.server.CompanionConfig;
import dev.slipway.server.database.EmbeddedPostgres;
import dev.slipway.server.http.HttpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A whole companion with a new database and a new directory for each test class:
 * {@code @RegisterExtension static final CompanionExtension companion = new CompanionExtension();}
 */
public final class CompanionExtension implements BeforeAllCallback, AfterAllCallback {
    private final TestClock clock = new TestClock();
    private final Map<String, String> settings;
    private final boolean ownPostgres;
    private EmbeddedPostgres postgres;
    private Path var;
    private String databaseUrl;
    private Companion companion;
    private String adminToken;

    public CompanionExtension() {
        this(Map.of());
    }

    /** With settings that differ from the defaults. */
    public CompanionExtension(Map<String, String> settings) {
        this(settings, false);
    }

    private CompanionExtension(Map<String, String> settings, boolean ownPostgres) {
        this.settings = settings;
        this.ownPostgres = ownPostgres;
    }

    /** With a PostgreSQL server that the test may stop and start again, as an external one to the companion. */
    public static CompanionExtension withItsOwnPostgres() {
        return new CompanionExtension(Map.of(), true);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        var = Files.createTempDirectory("slipway-test-");
        databaseUrl = ownPostgres ? startOwnPostgres() : TestPostgres.instance().newDatabase();
        companion = Companion.start(config(), clock);
        adminToken = companion.bootstrapToken().orElseThrow();
    }

    private String startOwnPostgres() throws IOException {
        postgres = EmbeddedPostgres.start(
                new EmbeddedPostgres.Location(var.resolve("postgres"), TestPostgres.programs(), true));
        return TestPostgres.url(postgres.address("postgres"));
    }

    /** Stops the own PostgreSQL server at once, as a crash would; returns when it is gone. */
    public void stopPostgres() {
        try {
            String pid = Files.readAllLines(var.resolve("postgres/data/postmaster.pid"))
                    .get(0)
                    .strip();
            ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
            postmaster.onExit().get(1, TimeUnit.MINUTES);
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Starts the own PostgreSQL server again where it was, if it is away; returns when it takes connections. */
    public void startPostgres() {
        try {
            postgres.revive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompanionConfig config() {
        return CompanionConfig.defaults(var)
                .withListen(new HttpAddress("127.0.0.1", 0))
                .withDatabaseUrl(databaseUrl)
                .withSettings(settings);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        companion.close();
        if (postgres == null) {
            TestPostgres.instance().drop(databaseUrl);
        } else {
            postgres.close();
        }
        try (Stream<Path> files = Files.walk(var)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    public Companion companion() {
        return companion;
    }

    public TestClock clock() {
        return clock;
    }

    public URI url() {
        return companion.url();
    }

    /** The companion's directory. */
    public Path var() {
        return var;
    }

    public String databaseUrl() {
        return databaseUrl;
    }

    /** One value out of the companion's database, as text. */
    public String value(String sql) {
        return TestPostgres.value(databaseUrl, sql);
    }

    /** As the user admin, with every scope. */
    public TestApi admin() {
        return new TestApi(url(), adminToken);
    }

    /** Without a token. */
    public TestApi anonymous() {
        return new TestApi(url(), (String) null);
    }

    /** With a token's text. */
    public TestApi as(String token) {
        return new TestApi(url(), token);
    }

    /** As a service account of that name with a new token of exactly these scopes (and {@code tokens:status}). */
    public TestApi as(String username, String... scopes) {
        return as(token(username, List.of(scopes)).token());
    }

    /** As a service account of that name with a new token of a role. */
    public TestApi as(String username, Role role) {
        return as(token(username, List.copyOf(role.scopes())).token());
    }

    /**
     * As an account whose rights come from grants, with a new token of every scope, so that what it was granted alone
     * decides; it is given the role everywhere, or on a distribution when one is named, or none when there is no role.
     */
    public TestApi granted(String username, Role role, String distribution) {
        TestApi holder = as(token(username, List.copyOf(Role.ADMIN.scopes())).token());
        value("update app_user set governed = true where username = '" + username + "' returning id");
        if (role != null) {
            TestResponse made =
                    admin().post("/api/v1/grants/", new GrantRequest(role.word(), username, null, distribution));
            if (made.status() != 201) {
                throw new AssertionError(made.toString());
            }
        }
        return holder;
    }

    /** A new token. */
    public Token token(String username, List<String> scopes) {
        TestResponse made = admin().post("/api/v1/tokens/", new TokenRequest("test", scopes, null, null, username));
        if (made.status() != 201) {
            throw new AssertionError(made.toString());
        }
        return made.as(Token.class);
    }
}

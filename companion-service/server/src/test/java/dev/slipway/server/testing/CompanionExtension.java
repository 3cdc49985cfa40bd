package dev.slipway.server.testing;

import dev.slipway.api.identity.GrantRequest;
import dev.slipway.api.identity.Role;
import dev.slipway.api.identity.Token;
import dev.slipway.api.identity.TokenRequest;
import dev.slipway.server.Companion;
import dev.slipway.server.CompanionConfig;
import dev.slipway.server.http.HttpAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
    private Path var;
    private String databaseUrl;
    private Companion companion;
    private String adminToken;

    public CompanionExtension() {
        this(Map.of());
    }

    /** With settings that differ from the defaults. */
    public CompanionExtension(Map<String, String> settings) {
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        var = Files.createTempDirectory("slipway-test-");
        databaseUrl = TestPostgres.instance().newDatabase();
        companion = Companion.start(config(), clock);
        adminToken = companion.bootstrapToken().orElseThrow();
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
        TestPostgres.instance().drop(databaseUrl);
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

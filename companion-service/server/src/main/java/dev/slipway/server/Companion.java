package dev.slipway.server;

import com.zaxxer.hikari.pool.HikariPool;
import dev.slipway.server.background.Background;
import dev.slipway.server.blobs.BlobStore;
import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.database.Database;
import dev.slipway.server.database.DatabaseAddress;
import dev.slipway.server.database.EmbeddedPostgres;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.http.HttpAddress;
import dev.slipway.server.http.HttpServer;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.service.Metrics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The running companion service. */
public final class Companion implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Companion.class);

    private static final Duration REVIVAL = Duration.ofSeconds(1);

    private final CompanionConfig config;
    private final Clock clock;
    private final AtomicReference<@Nullable URI> publicUrl = new AtomicReference<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Background background = new Background();
    private @Nullable EmbeddedPostgres embedded;
    private @Nullable HttpServer http;
    private List<Object> resources = List.of();
    private Optional<String> bootstrapToken = Optional.empty();

    private Companion(CompanionConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * Starts everything and serves when it returns.
     *
     * @throws IOException when something that is needed cannot be had; nothing is left running
     * @throws IllegalArgumentException when the configuration is unsafe or makes no sense
     */
    public static Companion start(CompanionConfig config) throws IOException {
        return start(config, Clock.systemUTC());
    }

    /** As {@link #start(CompanionConfig)} with another clock. */
    public static Companion start(CompanionConfig config, Clock clock) throws IOException {
        if (!config.listen().isLoopback() && !config.insecureHttp()) {
            throw new IllegalArgumentException(
                    "refusing to send tokens in the clear: " + config.listen().host()
                            + " is not loopback and this port speaks plain HTTP; put a TLS proxy before it and say --insecure-http");
        }
        refuseUnsafe(config.publicUrl(), config.insecureHttp());
        bridgeLogging();
        Companion companion = new Companion(config, clock);
        try {
            companion.open();
            return companion;
        } catch (IOException | RuntimeException e) {
            companion.closeAfter(e);
            throw e;
        }
    }

    /** Tokens name the public address as their issuer, and callers send them there. */
    private static void refuseUnsafe(@Nullable URI publicUrl, boolean insecureHttp) {
        if (publicUrl == null) {
            return;
        }
        boolean plain = "http".equals(publicUrl.getScheme());
        if (publicUrl.getHost() == null
                || !(plain || "https".equals(publicUrl.getScheme()))
                || publicUrl.getQuery() != null
                || publicUrl.getFragment() != null
                || publicUrl.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the public URL must be an https address without a user, query or fragment, not " + publicUrl);
        }
        if (plain && !new HttpAddress(publicUrl.getHost(), 0).isLoopback() && !insecureHttp) {
            throw new IllegalArgumentException("refusing to send tokens in the clear: the public URL " + publicUrl
                    + " is plain HTTP beyond loopback; make it https, or say --insecure-http");
        }
    }

    /** Jersey logs through java.util.logging. */
    private static void bridgeLogging() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }

    private void open() throws IOException {
        Files.createDirectories(config.var());
        DatabaseAddress address = databaseAddress();
        Database database = opened(openDatabase(address));
        Transactions transactions = new Transactions(database);
        Notifications notifications = opened(new Notifications(address, database));
        opened(background);
        if (embedded != null) {
            background.every(REVIVAL, "postgres.revive", embedded::revive);
        }
        Foundation base = foundation(transactions, notifications);
        Wiring wiring = new Wiring(background);
        bootstrapToken = Essentials.wire(base, wiring, database);
        Features.wire(base, wiring);
        wiring.closeables().forEach(this::opened);
        base.settings().refuseUnknown();
        resources = List.copyOf(wiring.resources());
        Path accessLog = config.var().resolve("access.log");
        HttpServer server =
                HttpServer.start(config.listen(), Resources.of(wiring.resources()), wiring.handlers(), accessLog);
        http = server;
        opened(server);
        opened(base.longPolls());
        opened(base.streams());
        publicUrl.set(withoutSlash(Objects.requireNonNullElse(config.publicUrl(), server.url())));
        background.begin(); // what jobs announce holds addresses
        publishAddress(server.url());
    }

    private Database openDatabase(DatabaseAddress address) throws IOException {
        try {
            return Database.open(address, config.databaseConnections(), Features.entities());
        } catch (HikariPool.PoolInitializationException e) {
            throw new IOException("cannot reach the database " + address + ": " + e.getMessage(), e);
        } catch (FlywayException e) {
            throw new IOException(
                    "cannot bring the database " + address + " to this version: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + "",
                    e);
        }
    }

    private DatabaseAddress databaseAddress() throws IOException {
        if (config.databaseUrl() != null) {
            return DatabaseAddress.parse(config.databaseUrl());
        }
        Path home = config.var().resolve("postgres");
        EmbeddedPostgres postgres =
                opened(EmbeddedPostgres.start(new EmbeddedPostgres.Location(home, home.resolve("programs"), true)));
        embedded = postgres;
        return postgres.address("postgres");
    }

    private Foundation foundation(Transactions transactions, Notifications notifications) throws IOException {
        BlobStore store = new BlobStore(config.var().resolve("blobs"));
        Settings settings = new Settings(config.settings());
        return new Foundation(
                clock,
                settings,
                config.var(),
                () -> Objects.requireNonNull(publicUrl.get(), "the address is not known before the service serves"),
                transactions,
                notifications,
                Limits.longPolls(settings, notifications),
                Limits.streams(settings, notifications),
                new Idempotency(clock, transactions),
                new Audit(clock),
                new Outbox(clock),
                new Blobs(clock, transactions, store),
                Metrics.registry());
    }

    private static URI withoutSlash(URI url) {
        return URI.create(url.toString().replaceAll("/+$", ""));
    }

    /** Lets other programs on this machine find the service. */
    private void publishAddress(URI url) throws IOException {
        Path file = config.var().resolve("url");
        Files.writeString(file, url + "\n");
        opened.push(() -> Files.deleteIfExists(file));
        LOG.info("serving on {}", url);
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Where the service listens. */
    public URI url() {
        return Objects.requireNonNull(http).url();
    }

    /** The admin's first token, if this start made it; also in the file {@code bootstrap-token}. */
    public Optional<String> bootstrapToken() {
        return bootstrapToken;
    }

    /** What Jersey serves, for tests that compare it with the contract. */
    List<Object> resources() {
        return resources;
    }

    /** The jobs that run by the clock, for tests that do not wait. */
    public Background background() {
        return background;
    }

    /** Lets running requests end for a while and stops everything, the embedded database last. */
    @Override
    public void close() {
        RuntimeException failure = new IllegalStateException("the service did not stop cleanly");
        closeAfter(failure);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private void closeAfter(Exception failure) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure.addSuppressed(e);
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
    }
}

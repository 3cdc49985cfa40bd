package dev.slipway.server;

import dev.slipway.server.http.HttpAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator decides before the companion starts.
 *
 * @param listen where to listen; beyond loopback only with {@code insecureHttp}, since this port speaks plain HTTP
 * @param var the directory of everything the companion keeps: {@code postgres/}, {@code blobs/}, {@code access.log}, the
 *     first token in {@code bootstrap-token} and, while it runs, its address in {@code url}
 * @param databaseUrl an external PostgreSQL, {@code postgresql://user:password@host:port/database}; the embedded one when
 *     absent
 * @param databaseConnections most connections in use at once
 * @param publicUrl how callers reach the companion, for links in its answers; its own address when absent
 * @param insecureHttp accepts that tokens cross a network in the clear, for example behind a proxy that speaks TLS
 * @param settings further values by name; see {@link Settings}
 */
public record CompanionConfig(
        HttpAddress listen,
        Path var,
        @Nullable String databaseUrl,
        int databaseConnections,
        @Nullable URI publicUrl,
        boolean insecureHttp,
        Map<String, String> settings) {

    public static final int DEFAULT_PORT = 8080;
    private static final int DEFAULT_CONNECTIONS = 16;

    /** The defaults: loopback, port {@value #DEFAULT_PORT}, embedded database. */
    public static CompanionConfig defaults(Path var) {
        return new CompanionConfig(
                new HttpAddress("127.0.0.1", DEFAULT_PORT), var, null, DEFAULT_CONNECTIONS, null, false, Map.of());
    }

    public CompanionConfig withListen(HttpAddress other) {
        return new CompanionConfig(other, var, databaseUrl, databaseConnections, publicUrl, insecureHttp, settings);
    }

    public CompanionConfig withDatabaseUrl(@Nullable String other) {
        return new CompanionConfig(listen, var, other, databaseConnections, publicUrl, insecureHttp, settings);
    }

    public CompanionConfig withPublicUrl(@Nullable URI other) {
        return new CompanionConfig(listen, var, databaseUrl, databaseConnections, other, insecureHttp, settings);
    }

    public CompanionConfig withInsecureHttp(boolean accepted) {
        return new CompanionConfig(listen, var, databaseUrl, databaseConnections, publicUrl, accepted, settings);
    }

    public CompanionConfig withSettings(Map<String, String> other) {
        return new CompanionConfig(listen, var, databaseUrl, databaseConnections, publicUrl, insecureHttp, other);
    }

    /** Does not show the database URL, which may hold a password. */
    @Override
    public String toString() {
        return "CompanionConfig[" + listen + ", " + var + (databaseUrl == null ? ", embedded" : ", external")
                + " database]";
    }
}

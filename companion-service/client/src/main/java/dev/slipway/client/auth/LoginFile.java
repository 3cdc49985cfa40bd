package dev.slipway.client.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.client.wire.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A person's logins at companions, in a file that its owner alone can read. Several processes may use it at once: a refresh
 * token is good for one use, so that they take turns in using one.
 */
public final class LoginFile {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private record Entry(String accessToken, Instant issued, Instant expires, Set<String> scopes, String refreshToken) {
        static Entry of(Login login) {
            AccessToken access = login.access();
            return new Entry(access.value(), access.issued(), access.expires(), access.scopes(), login.refreshToken());
        }

        Login login() {
            return new Login(new AccessToken(accessToken, issued, expires, scopes), refreshToken);
        }

        @Override
        public String toString() {
            return "a login";
        }
    }

    private final Path file;
    private final Clock clock;

    public LoginFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Work in which no other process takes part. */
    @FunctionalInterface
    private interface Turn<T> {
        T take(Map<String, Entry> entries) throws IOException;
    }

    /** Keeps a login. */
    public void put(String server, Login login) throws IOException {
        inTurn(entries -> {
            Entry kept = Entry.of(login);
            entries.put(server, kept);
            write(entries);
            return kept;
        });
    }

    /** Forgets a login, and answers what it was. */
    public Optional<Login> remove(String server) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return inTurn(entries -> {
            Entry removed = entries.remove(server);
            write(entries);
            return Optional.ofNullable(removed).map(Entry::login);
        });
    }

    /** Whether there is a login at that companion. */
    public boolean has(String server) throws IOException {
        return Files.exists(file) && read().containsKey(server);
    }

    /** The tokens of the login at that companion, renewed when they are about to end. */
    public TokenSource source(String server, TokenEndpoint endpoint) {
        return new TokenSource() {
            private @Nullable String refused;

            @Override
            public synchronized String token() throws IOException {
                Entry entry = read().get(server);
                return entry != null && isGood(entry, refused)
                        ? entry.accessToken()
                        : renewed(server, endpoint, refused);
            }

            @Override
            public synchronized boolean refused(String token) {
                boolean first = !token.equals(refused);
                refused = token;
                return first;
            }

            @Override
            public String toString() {
                return "the login at " + server;
            }
        };
    }

    private boolean isGood(Entry entry, @Nullable String refused) {
        return clock.instant().isBefore(entry.login().access().stale())
                && !entry.accessToken().equals(refused);
    }

    private String renewed(String server, TokenEndpoint endpoint, @Nullable String refused) throws IOException {
        return inTurn(entries -> {
            Entry entry = entries.get(server);
            if (entry == null) {
                throw new TokenRefusedException("you are not logged in at " + server);
            }
            if (isGood(entry, refused)) {
                return entry.accessToken(); // another process was faster
            }
            try {
                Entry next = Entry.of(endpoint.refresh(entry.refreshToken()));
                entries.put(server, next);
                write(entries);
                return next.accessToken();
            } catch (TokenRefusedException e) {
                entries.remove(server);
                write(entries);
                throw new TokenRefusedException("your login at " + server + " has ended; log in again");
            }
        });
    }

    private <T> T inTurn(Turn<T> turn) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        synchronized (LoginFile.class) { // a lock on a file keeps other processes out, not other threads
            try (FileChannel channel = FileChannel.open(
                            lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_ALONE);
                    FileLock held = channel.lock()) {
                return turn.take(read());
            }
        }
    }

    private Map<String, Entry> read() throws IOException {
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        try {
            return Json.mapper().readValue(Files.readAllBytes(file), new TypeReference<TreeMap<String, Entry>>() {});
        } catch (JsonProcessingException e) {
            throw new IOException("this file does not hold logins: " + file + "; remove it and log in again", e);
        }
    }

    private void write(Map<String, Entry> entries) throws IOException {
        Path part = Files.createTempFile(file.toAbsolutePath().getParent(), "logins", ".part", OWNER_ALONE);
        try {
            Files.write(part, Json.mapper().writeValueAsBytes(entries));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}

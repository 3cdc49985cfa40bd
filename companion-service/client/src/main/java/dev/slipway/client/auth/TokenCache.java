package dev.slipway.client.auth;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps access tokens in memory and fetches the next one before the present one ends. Safe for use by several threads:
 * for one key at most one token is being fetched, and whoever can use the present one does not wait for it.
 */
public final class TokenCache {
    private static final int MOST_TOKENS = 256;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final Clock clock;

    @SuppressWarnings("serial") // never serialized
    private final Map<Key, Slot> slots = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Slot> eldest) {
            return size() > MOST_TOKENS;
        }
    };

    public TokenCache(Clock clock) {
        this.clock = clock;
    }

    /** Fetches one token; may block. */
    @FunctionalInterface
    public interface Mint {
        AccessToken mint() throws IOException;
    }

    /**
     * What a token may be shared for.
     *
     * @param server where the companion is
     * @param clientId whose token it is
     * @param secretFingerprint changes with the secret, so that a new secret never gets an old token
     */
    record Key(String server, String clientId, String secretFingerprint, Set<String> scopes) {
        Key {
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * Tokens for one client on one companion.
     *
     * @param scopes what they are for; empty for all that the client may do
     * @param mint how to get one
     */
    public TokenSource source(String server, ClientSecret client, Set<String> scopes, Mint mint) {
        Key key = new Key(server, client.clientId(), client.fingerprint(), scopes);
        return new TokenSource() {
            @Override
            public String token() throws IOException {
                return slot(key).token(clock, mint);
            }

            @Override
            public boolean refused(String token) {
                slot(key).drop(token);
                return true;
            }

            @Override
            public String toString() {
                return "tokens of " + client;
            }
        };
    }

    private Slot slot(Key key) {
        synchronized (slots) {
            return slots.computeIfAbsent(key, k -> new Slot());
        }
    }

    private static final class Slot {
        private final ReentrantLock minting = new ReentrantLock();
        private volatile @Nullable AccessToken present;
        private volatile Instant notBefore = Instant.MIN;

        String token(Clock clock, Mint mint) throws IOException {
            AccessToken usable = usable(clock);
            if (usable != null && (fresh(usable, clock) || !minting.tryLock())) {
                return usable.value();
            }
            if (usable == null) {
                minting.lock();
            }
            try {
                usable = usable(clock);
                if (usable != null && fresh(usable, clock)) {
                    return usable.value();
                }
                AccessToken next = mint.mint();
                present = next;
                return next.value();
            } catch (IOException e) {
                if (usable == null) {
                    throw e;
                }
                notBefore = clock.instant().plus(AFTER_FAILURE);
                return usable.value();
            } finally {
                minting.unlock();
            }
        }

        private @Nullable AccessToken usable(Clock clock) {
            AccessToken token = present;
            return token != null && clock.instant().isBefore(token.expires()) ? token : null;
        }

        private boolean fresh(AccessToken token, Clock clock) {
            Instant now = clock.instant();
            return now.isBefore(token.stale()) || now.isBefore(notBefore);
        }

        void drop(String refused) {
            AccessToken token = present;
            if (token != null && token.value().equals(refused)) {
                present = null;
            }
        }
    }
}

package dev.slipway.server.signkeys;

import dev.slipway.api.signing.SignKeyUpdate;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.Outbound;
import dev.slipway.server.http.PrivateAddresses;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Caller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Fetches the certificates of keys that were recorded as the founding document has it: by key id, fingerprint and the address
 * where the public key is. What comes from there is believed only if it is the key of that fingerprint.
 */
public final class PublishedCertificates {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 256 << 10;

    private final Transactions transactions;
    private final SignKeys keys;
    private final boolean privateAddresses;
    private final OkHttpClient client = new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .proxy(Proxy.NO_PROXY)
            .retryOnConnectionFailure(false)
            .callTimeout(PATIENCE)
            // a kept connection would outlive the check of its address
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .build();

    /** @param privateAddresses whether certificates are fetched from this machine and private networks too */
    public PublishedCertificates(Transactions transactions, SignKeys keys, boolean privateAddresses) {
        this.transactions = transactions;
        this.keys = keys;
        this.privateAddresses = privateAddresses;
    }

    /**
     * Gives a key that has no certificate the one that is at its address. Not to be called in a transaction.
     *
     * @return whether it has a certificate now that it had not
     * @throws ProblemException 422 when none can be had from there
     */
    public boolean complete(long keyId, Caller caller) {
        StoredSignKey key = transactions
                .read(session -> keys.find(keyId, session))
                .filter(found -> found.armored() == null && found.archivedAt() == null)
                .orElse(null);
        if (key == null || key.publicUrl().startsWith("/")) {
            return false;
        }
        try {
            String armored = fetch(URI.create(key.publicUrl()));
            SignKeyUpdate update = new SignKeyUpdate(null, null, null, null, null, armored, null, null, null);
            transactions.run(session -> keys.update(keyId, update, caller, revision -> {}, session));
            return true;
        } catch (IOException | ProblemException e) {
            throw ProblemException.unprocessable("nothing can be signed: key " + key.keyid()
                    + " has no certificate yet, and there is none at " + key.publicUrl() + ": " + e.getMessage()
                    + "; upload it with PUT /api/v1/sign-keys/" + keyId + "/");
        }
    }

    private String fetch(URI url) throws IOException {
        if (!Outbound.isSafe(url)) {
            throw new IOException("it is not an https address");
        }
        List<InetAddress> addresses = resolve(url.getHost());
        OkHttpClient pinned = client.newBuilder().dns(host -> addresses).build();
        Request request = new Request.Builder()
                .url(url.toString())
                .header("User-Agent", "Slipway")
                .build();
        try (Response response = pinned.newCall(request).execute()) {
            if (response.code() != 200) {
                throw new IOException("it was answered with " + response.code());
            }
            BufferedSource source = response.body().source();
            if (source.request(MOST_BYTES + 1L)) {
                throw new IOException("the answer is larger than " + MOST_BYTES + " bytes");
            }
            return source.readUtf8();
        } catch (IllegalArgumentException e) {
            throw new IOException("it is not a web address", e);
        }
    }

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        InetAddress[] found;
        try {
            found = InetAddress.getAllByName(host.replaceAll("^\\[|]$", ""));
        } catch (UnknownHostException e) {
            UnknownHostException plain = new UnknownHostException("the host is unknown");
            plain.initCause(e);
            throw plain;
        }
        if (!privateAddresses && Arrays.stream(found).anyMatch(PrivateAddresses::contains)) {
            throw new UnknownHostException(
                    "the host is on this machine or in a private network (setting sign-keys.private-addresses)");
        }
        return List.of(found);
    }
}

package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.signing.SignKey;
import dev.slipway.api.signing.SignKeyRequest;
import dev.slipway.api.signing.SignKeyUpdate;
import dev.slipway.api.signing.SignPayload;
import dev.slipway.api.signing.SignTask;
import dev.slipway.api.signing.SignTaskRequest;
import dev.slipway.api.signing.SignatureReceipt;
import dev.slipway.api.signing.SignatureSubmission;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Sign keys (their public half) and sign tasks. */
public final class Signing {
    private final Api api;

    Signing(Api api) {
        this.api = api;
    }

    public List<SignKey> keys() throws IOException {
        return api.request("GET", "sign-keys", "").as(new TypeReference<List<SignKey>>() {});
    }

    public SignKey addKey(SignKeyRequest request) throws IOException {
        return api.request("POST", "sign-keys", "new", "").json(request).as(SignKey.class);
    }

    public SignKey updateKey(long id, SignKeyUpdate update) throws IOException {
        return api.request("PUT", "sign-keys", id, "").json(update).repeatable().as(SignKey.class);
    }

    /** Asks for a build's packages to be signed. */
    public SignTask sign(SignTaskRequest request) throws IOException {
        return sign(request, null);
    }

    /** Asks for a build's packages to be signed; with a key, asking again gives the first answer. */
    public SignTask sign(SignTaskRequest request, @Nullable String idempotencyKey) throws IOException {
        return api.request("POST", "sign-tasks", "")
                .json(request)
                .idempotencyKey(idempotencyKey)
                .as(SignTask.class);
    }

    public SignTask task(long id) throws IOException {
        return api.request("GET", "sign-tasks", id, "").as(SignTask.class);
    }

    public List<SignTask> tasks(long buildId) throws IOException {
        return api.request("GET", "sign-tasks", "")
                .query("build_id", buildId)
                .as(new TypeReference<List<SignTask>>() {});
    }

    /** What a claimed sign task wants signed, all of it. */
    public List<SignPayload> payloads(long signTaskId) throws IOException {
        return api.request("GET", "sign-tasks", signTaskId, "payloads").all(new TypeReference<List<SignPayload>>() {});
    }

    /**
     * Exactly the bytes to sign.
     *
     * @throws IOException when they are more than {@code most}, or not those of the payload's digest
     */
    public byte[] bytes(SignPayload payload, int most) throws IOException {
        if (payload.size() > most) {
            throw new IOException(payload.name() + " is larger than a sign worker takes: " + payload.size() + " bytes");
        }
        try (Response response = api.at("GET", payload.url()).open();
                InputStream in = response.body().byteStream()) {
            byte[] bytes = in.readNBytes((int) payload.size() + 1);
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            if (!sha256.equals(payload.sha256())) {
                throw new IOException("the bytes to sign of " + payload.name() + " are not those that were announced");
            }
            return bytes;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Hands signatures in; repeating it has one effect. */
    public SignatureReceipt submit(long signTaskId, SignatureSubmission submission) throws IOException {
        return api.request("POST", "sign-tasks", signTaskId, "signatures")
                .json(submission)
                .repeatable()
                .as(SignatureReceipt.class);
    }
}

package dev.slipway.server.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.packages.MessageDigests;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.Json;
import dev.slipway.server.http.ProblemException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Gives the same POST twice one effect and one answer. The key, the effect and the answer are written in one transaction:
 * after a crash either all of them are there or none. A second request that comes while the first is at work waits for it.
 */
public final class Idempotency {
    /** The request header that names a request. */
    public static final String HEADER = "Idempotency-Key";

    private static final int LONGEST_KEY = 200;
    private static final Duration KEPT = Duration.ofDays(2);

    /**
     * What a POST made.
     *
     * @param location the made thing's path, absent when it has none
     * @param kept what a repeated request is answered, and what is stored for it
     */
    public record Answer(int status, @Nullable String location, Object body, Object kept) {
        /** A repeated request is answered the same. */
        public Answer(int status, @Nullable String location, Object body) {
            this(status, location, body, body);
        }

        /** 201 for something with a secret in it, which is shown once and stored nowhere. */
        public static Answer createdOnce(String location, Object body, Object withoutSecret) {
            return new Answer(201, location, body, withoutSecret);
        }

        /** 201: something was made. */
        public static Answer created(String location, Object body) {
            return new Answer(201, location, body);
        }

        /** 200 */
        public static Answer ok(Object body) {
            return new Answer(200, null, body);
        }
    }

    private final Clock clock;
    private final Transactions transactions;

    public Idempotency(Clock clock, Transactions transactions) {
        this.clock = clock;
        this.transactions = transactions;
    }

    /**
     * Runs {@code work} in a transaction and answers with what it made; or, when the caller sent the same key with the same
     * request before, with what it made then.
     *
     * @param key the header's value; absent means that every request counts
     * @param operation what is asked for: method and path
     * @param request the request's body
     * @throws ProblemException 422 when the key came with another request before
     */
    public Response once(
            Requester caller,
            @Nullable String key,
            String operation,
            @Nullable Object request,
            Function<StatelessSession, Answer> work) {
        if (key == null) {
            Answer answer = transactions.call(work);
            return respond(answer.status(), answer.location(), bytes(answer.body()));
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw ProblemException.badRequest(
                    "the header " + HEADER + " must have 1 to " + LONGEST_KEY + " characters");
        }
        byte[] hash = hash(operation, request);
        return transactions.call(session -> once(session, caller.userId(), key, hash, work));
    }

    private Response once(
            StatelessSession session, long user, String key, byte[] hash, Function<StatelessSession, Answer> work) {
        boolean first = Sql.update(
                        session,
                        "insert into idempotency_key (user_id, key, request_hash, created_at) values (?, ?, ?, ?)"
                                + " on conflict do nothing",
                        user,
                        key,
                        hash,
                        clock.instant())
                == 1;
        if (!first) {
            return former(session, user, key, hash);
        }
        Answer answer = work.apply(session);
        Sql.update(
                session,
                "update idempotency_key set status = ?, content_type = ?, location = ?, body = ?"
                        + " where user_id = ? and key = ?",
                answer.status(),
                MediaType.APPLICATION_JSON,
                answer.location(),
                bytes(answer.kept()),
                user,
                key);
        return respond(answer.status(), answer.location(), bytes(answer.body()));
    }

    private static Response former(StatelessSession session, long user, String key, byte[] hash) {
        return Sql.one(
                        session,
                        "select request_hash, status, location, body from idempotency_key where user_id = ? and key = ?",
                        row -> {
                            if (!Arrays.equals(hash, row.bytes("request_hash"))) {
                                throw ProblemException.of(
                                        "idempotency-key-reused",
                                        422,
                                        "The idempotency key was used before",
                                        "this " + HEADER + " came with another request before; use a new one");
                            }
                            return respond(row.integer("status"), row.textOrNull("location"), row.bytes("body"));
                        },
                        user,
                        key)
                .orElseThrow(() -> ProblemException.conflict("the same request was cleaned up just now; send it again")
                        .retryAfter(Duration.ofSeconds(1)));
    }

    /** Forgets old keys. */
    public void prune() {
        transactions.run(session -> Sql.update(
                session,
                "delete from idempotency_key where created_at < ?",
                clock.instant().minus(KEPT)));
    }

    private static Response respond(int status, @Nullable String location, byte[] body) {
        Response.ResponseBuilder builder =
                Response.status(status).type(MediaType.APPLICATION_JSON).entity(body);
        if (location != null) {
            builder.location(URI.create(location));
        }
        return builder.build();
    }

    private static byte[] bytes(Object body) {
        try {
            return Json.mapper().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON: " + body.getClass(), e);
        }
    }

    private static byte[] hash(String operation, @Nullable Object request) {
        MessageDigest digest = MessageDigests.sha256();
        digest.update(operation.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        if (request != null) {
            digest.update(bytes(request));
        }
        return digest.digest();
    }
}

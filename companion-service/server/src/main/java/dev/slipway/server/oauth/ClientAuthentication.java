package dev.slipway.server.oauth;

import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.RefusedLogins;
import dev.slipway.server.identity.Visitor;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out which client calls, by HTTP Basic or by the form's {@code client_id} and {@code client_secret}. */
final class ClientAuthentication {
    private static final Pattern BASIC = Pattern.compile("(?i:basic) +([A-Za-z0-9+/]+=*) *");

    /** What a caller of an OAuth endpoint sent, and from where. */
    record Attempt(@Nullable String authorization, Form form, Visitor visitor) {}

    private record Shown(String id, String secret) {}

    private final Transactions transactions;
    private final Clients clients;
    private final RefusedLogins refusals;

    ClientAuthentication(Transactions transactions, Clients clients, RefusedLogins refusals) {
        this.transactions = transactions;
        this.clients = clients;
        this.refusals = refusals;
    }

    /**
     * The client that a request proves. That a secret is refused is noted.
     *
     * @throws OAuthException {@code invalid_client} when it proves none, {@code invalid_request} when it shows two
     * @throws ProblemException 429 when secrets from that address were refused too often
     */
    StoredClient require(Attempt attempt) {
        Shown shown = shown(attempt.authorization(), attempt.form()).orElseThrow(OAuthException::invalidClient);
        Optional<StoredClient> proven =
                transactions.read(session -> clients.prove(session, shown.id(), shown.secret()));
        if (proven.isEmpty()) {
            Clients.Refusal refusal = transactions.read(session -> clients.refusal(session, shown.id()));
            refusals.note(attempt.visitor(), RefusedLogins.NOBODY, "client", refusal.id(), refusal.facts());
        }
        return proven.orElseThrow(OAuthException::invalidClient);
    }

    private static Optional<Shown> shown(@Nullable String authorization, Form form) {
        Optional<String> secret = form.get("client_secret");
        if (authorization == null) {
            return secret.flatMap(s -> form.get("client_id").map(id -> new Shown(id, s)));
        }
        if (secret.isPresent()) {
            throw OAuthException.invalidRequest(
                    "the client proves itself in two ways: send a header or the form's" + " client_secret, not both");
        }
        Optional<Shown> shown = basic(authorization);
        if (shown.isPresent()
                && form.get("client_id")
                        .filter(id -> !id.equals(shown.get().id()))
                        .isPresent()) {
            throw OAuthException.invalidRequest("the client_id of the form is not the header's");
        }
        return shown;
    }

    /** RFC 6749, section 2.3.1: both halves are form-encoded. */
    private static Optional<Shown> basic(String authorization) {
        Matcher basic = BASIC.matcher(authorization);
        if (!basic.matches()) {
            return Optional.empty();
        }
        try {
            String text = new String(Base64.getDecoder().decode(basic.group(1)), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Shown(decode(text.substring(0, colon)), decode(text.substring(colon + 1))))
                            .filter(shown -> shown.id().indexOf('\0') < 0);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String decode(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }
}

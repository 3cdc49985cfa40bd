package dev.slipway.server.oauth;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an access token hangs on, as its {@code sid} claim names it: a client with one of its secrets, or a person's login.
 * When that is gone the token is refused, however long it would still be good for.
 */
sealed interface TokenSubject {
    /** @param version which of the client's secrets it was got with */
    record OfClient(long clientId, int version) implements TokenSubject {
        @Override
        public String text() {
            return String.format(Locale.ROOT, "c%d.%d", clientId, version);
        }
    }

    record OfSession(long sessionId) implements TokenSubject {
        @Override
        public String text() {
            return "s" + sessionId;
        }
    }

    /** As a claim. */
    String text();

    /** What a claim names. */
    static Optional<TokenSubject> parse(String text) {
        Matcher client = Forms.CLIENT.matcher(text);
        if (client.matches()) {
            return Optional.of(new OfClient(Long.parseLong(client.group(1)), Integer.parseInt(client.group(2))));
        }
        Matcher session = Forms.SESSION.matcher(text);
        return session.matches() ? Optional.of(new OfSession(Long.parseLong(session.group(1)))) : Optional.empty();
    }

    /** How claims are written. */
    final class Forms {
        private static final Pattern CLIENT = Pattern.compile("c([0-9]{1,18})\\.([0-9]{1,9})");
        private static final Pattern SESSION = Pattern.compile("s([0-9]{1,18})");

        private Forms() {}
    }
}

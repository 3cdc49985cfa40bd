package dev.slipway.server.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.api.identity.Scopes;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.identity.Proof;
import dev.slipway.server.identity.TokenKind;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.StatelessSession;

/**
 * The companion's own access tokens: JWTs of the profile of RFC 9068, signed with ES256. A token is accepted while its
 * signature, issuer, audience and times are right, it was not revoked, and what it hangs on is still there.
 */
public final class AccessTokens implements TokenKind {
    static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    private static final String SID = "sid";
    private static final String SCOPE = "scope";
    private static final String CLIENT = "client_id";

    /**
     * A token to be.
     *
     * @param client the client id that it is given to
     */
    record Order(long userId, TokenSubject subject, String client, Collection<String> scopes, Duration life) {}

    /** A token that was made. */
    record Minted(String token, Duration life, Collection<String> scopes) {}

    /** A token whose signature, issuer, audience and times are right; whether it still counts is another question. */
    record Read(
            long userId,
            TokenSubject subject,
            String client,
            String jti,
            Set<String> scopes,
            Instant issuedAt,
            Instant expiresAt) {}

    private final Clock clock;
    private final Transactions transactions;
    private final TokenKeys keys;
    private final Supplier<URI> issuer;

    /** @param issuer the companion's address as callers know it: issuer and audience of its tokens */
    public AccessTokens(Clock clock, Transactions transactions, TokenKeys keys, Supplier<URI> issuer) {
        this.clock = clock;
        this.transactions = transactions;
        this.keys = keys;
        this.issuer = issuer;
    }

    /** Makes a token. Not to be called in a transaction: it may have to make a key first. */
    Minted mint(Order order) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Collection<String> scopes = new TreeSet<>(order.scopes());
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer.get().toString())
                .audience(issuer.get().toString())
                .subject(String.valueOf(order.userId()))
                .claim(CLIENT, order.client())
                .claim(SID, order.subject().text())
                .claim(SCOPE, String.join(" ", scopes))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(order.life())))
                .jwtID(UUID.randomUUID().toString())
                .build();
        ECKey key = keys.signing();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(TYPE)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the token key cannot sign", e);
        }
        return new Minted(jwt.serialize(), order.life(), scopes);
    }

    @Override
    public Optional<Proof> prove(String token) {
        return read(token).flatMap(read -> transactions.read(session -> proof(session, read)));
    }

    /** Reads a token and checks all that can be checked without asking what it hangs on. */
    Optional<Read> read(String token) {
        if (token.chars().filter(c -> c == '.').count() != 2) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            return isSigned(jwt) ? accepted(jwt.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private boolean isSigned(SignedJWT jwt) throws JOSEException {
        JWSHeader header = jwt.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())
                || !TYPE.equals(header.getType())
                || header.getKeyID() == null) {
            return false;
        }
        Optional<ECKey> key = keys.find(header.getKeyID());
        return key.isPresent() && jwt.verify(new ECDSAVerifier(key.get()));
    }

    private Optional<Read> accepted(JWTClaimsSet claims) throws ParseException {
        String own = issuer.get().toString();
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        Date notBefore = claims.getNotBeforeTime();
        Date issued = claims.getIssueTime();
        String sid = claims.getStringClaim(SID);
        String client = claims.getStringClaim(CLIENT);
        boolean complete = expires != null
                && issued != null
                && sid != null
                && client != null
                && claims.getJWTID() != null
                && claims.getSubject() != null
                && claims.getSubject().matches("[0-9]{1,18}");
        if (!complete
                || !own.equals(claims.getIssuer())
                || !claims.getAudience().contains(own)
                || !expires.toInstant().isAfter(now)
                || (notBefore != null && notBefore.toInstant().isAfter(now))) {
            return Optional.empty();
        }
        return TokenSubject.parse(sid)
                .map(subject -> new Read(
                        Long.parseLong(claims.getSubject()),
                        subject,
                        client,
                        claims.getJWTID(),
                        scopes(claims),
                        issued.toInstant(),
                        expires.toInstant()));
    }

    private static Set<String> scopes(JWTClaimsSet claims) {
        Object scope = claims.getClaim(SCOPE);
        List<String> named =
                scope instanceof String text ? Arrays.asList(text.trim().split(" +")) : List.of();
        Set<String> known = new TreeSet<>(named);
        known.retainAll(Scopes.all());
        return known;
    }

    /** What a token that was read proves, if it still counts. */
    Optional<Proof> proof(StatelessSession session, Read read) {
        if (Sql.exists(session, "select 1 from revoked_access_token where jti = ?", read.jti())) {
            return Optional.empty();
        }
        TokenSubject subject = read.subject();
        if (subject instanceof TokenSubject.OfClient client) {
            return Sql.one(
                    session,
                    "select u.username, c.scopes from oauth_client c join app_user u on u.id = c.user_id"
                            + " where c.id = ? and c.secret_version = ? and c.revoked_at is null and u.active"
                            + " and u.id = ?",
                    row -> proof(read, row.text("username"), row.texts("scopes")),
                    client.clientId(),
                    client.version(),
                    read.userId());
        }
        TokenSubject.OfSession login = (TokenSubject.OfSession) subject;
        return Sql.one(
                session,
                "select u.username, s.scopes from login_session s join app_user u on u.id = s.user_id"
                        + " where s.id = ? and s.ended_at is null and s.expires_at > ? and u.active and u.id = ?",
                row -> proof(read, row.text("username"), row.texts("scopes")),
                login.sessionId(),
                clock.instant(),
                read.userId());
    }

    private static Proof proof(Read read, String username, List<String> bound) {
        Set<String> scopes = new TreeSet<>(read.scopes());
        scopes.retainAll(bound);
        return new Proof(read.userId(), username, null, read.client(), scopes, read.expiresAt());
    }
}

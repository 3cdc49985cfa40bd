package dev.slipway.server.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.slipway.api.identity.Scopes;
import dev.slipway.server.http.Outbound;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Proof;
import dev.slipway.server.identity.TokenKind;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JWTs of one issuer that the operator trusts. Whoever shows one gets a service account of its own, called after the issuer
 * and a claim, so that it can never be taken for an account made here.
 */
public final class ExternalTokens implements TokenKind {
    private static final Logger LOG = LoggerFactory.getLogger(ExternalTokens.class);
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final IssuerSettings settings;
    private final Clock clock;
    private final LinkedAccounts accounts;
    private final IssuerKeys keys;

    public ExternalTokens(IssuerSettings settings, Clock clock, LinkedAccounts accounts, Outbound outbound) {
        this.settings = settings;
        this.clock = clock;
        this.accounts = accounts;
        Discovery discovery = new Discovery(settings.issuer(), outbound);
        URI known = settings.keys();
        this.keys = new IssuerKeys(
                outbound, known == null ? () -> discovery.metadata().getJWKSetURI() : () -> known);
    }

    @Override
    public Optional<Proof> prove(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            // read before it is checked, so that nobody has keys fetched for an issuer that is not trusted
            if (!settings.issuer().toString().equals(jwt.getJWTClaimsSet().getIssuer())) {
                return Optional.empty();
            }
            JWTClaimsSet claims = processor().process(jwt, null);
            return isGood(claims) ? Optional.of(proof(claims)) : Optional.empty();
        } catch (RemoteKeySourceException | IOException e) {
            LOG.warn("the keys of {} cannot be had", settings.issuer(), e);
            throw ProblemException.unavailable(
                    "the keys of " + settings.issuer() + " cannot be had at the moment; try again",
                    Duration.ofSeconds(10));
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return Optional.empty();
        }
    }

    private DefaultJWTProcessor<SecurityContext> processor() throws IOException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(IssuerKeys.ALGORITHMS, keys.source()));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // below, by this program's clock
        return processor;
    }

    private boolean isGood(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        Date notBefore = claims.getNotBeforeTime();
        return expires != null
                && expires.toInstant().isAfter(now.minus(SKEW))
                && (notBefore == null || !notBefore.toInstant().isAfter(now.plus(SKEW)))
                && claims.getAudience().contains(settings.audience())
                && claims.getSubject() != null
                && claims.getSubject().indexOf('\0') < 0
                && claims.getClaim(settings.usernameClaim()) instanceof String name
                && NAME.matcher(name).matches()
                && settings.required().hold(claims.getClaims());
    }

    private Proof proof(JWTClaimsSet claims) {
        String name = settings.name() + ":" + claims.getClaim(settings.usernameClaim());
        LinkedAccounts.Account account = accounts.ofProgram(
                new Identity("trust:" + settings.name(), Objects.requireNonNull(claims.getSubject()), name, null));
        return new Proof(
                account.id(),
                account.username(),
                null,
                "a token of " + settings.issuer(),
                scopes(claims),
                claims.getExpirationTime().toInstant().plus(SKEW));
    }

    private Set<String> scopes(JWTClaimsSet claims) {
        Set<String> scopes = new TreeSet<>(values(claims, settings.scopeClaim()));
        for (String value : values(claims, settings.rolesClaim())) {
            if (settings.roles().containsKey(value)) {
                scopes.addAll(settings.roles().get(value).scopes());
            }
        }
        scopes.retainAll(settings.most().scopes());
        scopes.add(Scopes.TOKENS_STATUS);
        return scopes;
    }

    /** A text with blanks, or a list. */
    private static Collection<String> values(JWTClaimsSet claims, String name) {
        Object claim = name.isEmpty() ? null : claims.getClaim(name);
        if (claim instanceof Collection<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return claim instanceof String text ? Arrays.asList(text.trim().split("\\s+")) : List.of();
    }
}

package dev.slipway.server.login;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import dev.slipway.server.http.Outbound;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer, remembered for five minutes; an unknown key has them fetched again, but not more often than
 * every ten seconds, however many tokens name one.
 */
final class IssuerKeys {
    /** Signatures with key pairs only: with a shared secret whoever can check a token can make one. */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration NOT_AGAIN = Duration.ofSeconds(10);

    /** Where the keys are. */
    @FunctionalInterface
    interface Address {
        URI find() throws IOException;
    }

    private final Outbound outbound;
    private final Address address;
    private @Nullable JWKSource<SecurityContext> source;

    IssuerKeys(Outbound outbound, Address address) {
        this.outbound = outbound;
        this.address = address;
    }

    /** The keys, fetched when somebody needs one. */
    synchronized JWKSource<SecurityContext> source() throws IOException {
        JWKSource<SecurityContext> known = source;
        if (known == null) {
            known = JWKSourceBuilder.<SecurityContext>create(address.find().toURL(), url -> {
                        Outbound.Answer answer = outbound.get(URI.create(url.toString()), Map.of());
                        if (answer.status() != 200) {
                            throw new IOException(url + " answered " + answer.status());
                        }
                        return new Resource(answer.body(), answer.contentType());
                    })
                    .cache(REMEMBERED.toMillis(), PATIENCE.toMillis())
                    .refreshAheadCache(false)
                    .rateLimited(NOT_AGAIN.toMillis())
                    .build();
            source = known;
        }
        return known;
    }
}

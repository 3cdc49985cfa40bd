package dev.slipway.server.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.server.testing.CompanionExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.text.ParseException;
import java.util.Date;
import java.util.function.UnaryOperator;

/** Makes of a good access token others that differ from it in one thing. */
public final class Forgery {
    private final JWTClaimsSet claims;
    private final ECKey key;

    /** @param token a token that {@code companion} gave */
    public Forgery(CompanionExtension companion, String token) {
        try {
            claims = SignedJWT.parse(token).getJWTClaimsSet();
            key = ECKey.parse(Files.readString(companion.var().resolve("token-key.jwk")));
        } catch (ParseException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Signed with the companion's own key, with other claims. */
    public String with(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(
                key, "at+jwt", change.apply(new JWTClaimsSet.Builder(claims)).build());
    }

    public String expired(Date at) {
        return with(c -> c.expirationTime(at));
    }

    /** Of another type, as an ID token is. */
    public String ofAnotherType() {
        return signed(key, "JWT", claims);
    }

    /** With a key that nobody knows, under a name of its own. */
    public String withAnUnknownKey() {
        return signed(strange("strange"), "at+jwt", claims);
    }

    /** With a key that nobody knows, under the name of a good one. */
    public String withAKeyThatCallsItselfAGoodOne() {
        return signed(strange(key.getKeyID()), "at+jwt", claims);
    }

    /** HS256 with the public key for a secret. */
    public String withThePublicKeyForASecret() {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new MACSigner(key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    public String unsigned() {
        return new PlainJWT(claims).serialize();
    }

    /** The good token with another payload. */
    public String tampered(String token) {
        String[] parts = token.split("\\.", -1);
        return parts[0] + "."
                + new JWTClaimsSet.Builder(claims)
                        .subject("1")
                        .build()
                        .toPayload()
                        .toBase64URL() + "." + parts[2];
    }

    private static ECKey strange(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String signed(ECKey key, String type, JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(new JOSEObjectType(type))
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}

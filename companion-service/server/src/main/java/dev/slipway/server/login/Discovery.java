package dev.slipway.server.login;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.slipway.server.http.Outbound;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an issuer says of itself (OpenID Connect Discovery), remembered for an hour. */
final class Discovery {
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private record Seen(OIDCProviderMetadata metadata, long nanos) {}

    private final URI issuer;
    private final Outbound outbound;
    private volatile @Nullable Seen seen;

    Discovery(URI issuer, Outbound outbound) {
        this.issuer = issuer;
        this.outbound = outbound;
    }

    /** @throws IOException when the issuer cannot be asked, or says something that cannot be trusted */
    OIDCProviderMetadata metadata() throws IOException {
        Seen last = seen;
        if (last == null || System.nanoTime() - last.nanos() > REMEMBERED.toNanos()) {
            last = new Seen(ask(), System.nanoTime());
            seen = last;
        }
        return last.metadata();
    }

    private OIDCProviderMetadata ask() throws IOException {
        String base = issuer.toString().replaceAll("/+$", "");
        Outbound.Answer answer = outbound.get(
                URI.create(base + "/.well-known/openid-configuration"), Map.of("Accept", "application/json"));
        if (answer.status() != 200) {
            throw new IOException(issuer + " answered " + answer.status() + " when asked for its configuration");
        }
        OIDCProviderMetadata metadata;
        try {
            metadata = OIDCProviderMetadata.parse(answer.body());
        } catch (ParseException e) {
            throw new IOException("the configuration of " + issuer + " makes no sense", e);
        }
        if (!metadata.getIssuer().getValue().equals(issuer.toString())) {
            throw new IOException(issuer + " calls itself " + metadata.getIssuer());
        }
        boolean safe = Stream.of(
                        metadata.getAuthorizationEndpointURI(), metadata.getTokenEndpointURI(), metadata.getJWKSetURI())
                .allMatch(url -> url == null || Outbound.isSafe(url));
        if (!safe || metadata.getJWKSetURI() == null) {
            throw new IOException(issuer + " names endpoints that are not https");
        }
        return metadata;
    }

    /** Sends a request of the library's with this program's bounds. */
    static HTTPResponse send(Outbound outbound, HTTPRequest request) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        request.getHeaderMap().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Content-Type")) {
                headers.put(name, values.get(0));
            }
        });
        headers.putIfAbsent("Accept", "application/json");
        Outbound.Answer answer = outbound.postEncoded(request.getURI(), request.getBody(), headers);
        HTTPResponse response = new HTTPResponse(answer.status());
        response.setBody(answer.body());
        try {
            response.setContentType(answer.contentType());
        } catch (ParseException e) {
            throw new IOException(request.getURI().getHost() + " answers with a type that is none", e);
        }
        return response;
    }
}

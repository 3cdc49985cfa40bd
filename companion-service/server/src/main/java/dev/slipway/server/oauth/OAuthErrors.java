package dev.slipway.server.oauth;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Writes errors as RFC 6749 has them, which is not as problem documents. */
public final class OAuthErrors implements ExceptionMapper<OAuthException> {
    record Body(String error, String errorDescription) {}

    @Override
    public Response toResponse(OAuthException e) {
        Response.ResponseBuilder answer = Response.status(e.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new Body(e.error(), String.valueOf(e.getMessage())));
        if (e.status() == 401) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"slipway\"");
        }
        return answer.build();
    }
}

package dev.slipway.server.oauth;

import dev.slipway.server.identity.Public;
import dev.slipway.server.identity.Visitor;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of RFC 6749, 7662 and 7009. They ask for no token: callers prove themselves as clients, and errors have the
 * RFCs' form.
 */
@Path("/oauth")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
public final class OAuthResource {
    private final TokenGrants grants;
    private final TokenQuestions questions;

    OAuthResource(TokenGrants grants, TokenQuestions questions) {
        this.grants = grants;
        this.questions = questions;
    }

    @POST
    @Path("token")
    @Public
    public Response token(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            InputStream body,
            @Context Visitor visitor)
            throws IOException {
        return unstored(grants.grant(new ClientAuthentication.Attempt(authorization, Form.read(body), visitor)));
    }

    @POST
    @Path("introspect")
    @Public
    public Response introspect(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            InputStream body,
            @Context Visitor visitor)
            throws IOException {
        return unstored(
                questions.introspect(new ClientAuthentication.Attempt(authorization, Form.read(body), visitor)));
    }

    @POST
    @Path("revoke")
    @Public
    public Response revoke(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            InputStream body,
            @Context Visitor visitor)
            throws IOException {
        questions.revoke(new ClientAuthentication.Attempt(authorization, Form.read(body), visitor));
        return Response.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private static Response unstored(Object answer) {
        return Response.ok(answer)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache")
                .build();
    }
}

package dev.slipway.server.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.uri.UriTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Gives every single thing that is read an entity tag, made of its content where it has no revision of its own, and
 * answers 304 to those who have it. A thing is what the last part of an address names by a parameter.
 */
public final class ContentTags implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() != 200
                || !request.getMethod().equals(HttpMethod.GET)
                || response.getHeaders().containsKey(HttpHeaders.ETAG)
                || !(response.getEntity() instanceof Record)
                || !isThing(request)) {
            return;
        }
        EntityTag tag = ETags.ofContent(response.getEntity());
        response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
        if (matches(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), tag)) {
            response.setStatus(304);
            response.setEntity(null);
        } else if (response.getMediaType() == null) {
            response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_TYPE);
        }
    }

    private static boolean isThing(ContainerRequestContext request) {
        if (!(request instanceof ContainerRequest own)) {
            return false;
        }
        List<UriTemplate> matched = own.getUriInfo().getMatchedTemplates();
        return !matched.isEmpty()
                && matched.get(0).getTemplate().replaceAll("/+$", "").endsWith("}");
    }

    private static boolean matches(@Nullable String ifNoneMatch, EntityTag tag) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String each : ifNoneMatch.split(",", -1)) {
            String wanted = each.strip().replaceFirst("^W/", "");
            if (wanted.equals("*") || wanted.equals("\"" + tag.getValue() + "\"")) {
                return true;
            }
        }
        return false;
    }
}

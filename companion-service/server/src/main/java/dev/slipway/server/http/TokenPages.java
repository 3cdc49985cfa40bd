package dev.slipway.server.http;

import dev.slipway.api.problems.Problem;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;

/**
 * Gives people who followed a link to the REST interface, for example from Jenkins, a page instead of the problem document
 * that their browser has sent no token. Status and headers stay those of the problem.
 */
@PreMatching
public final class TokenPages implements ContainerRequestFilter, ContainerResponseFilter {
    private static final Annotation[] NONE = {};
    private static final String PAGE = HtmlPage.of("This address needs a token", """
            <p>It belongs to the REST interface of a Slipway companion, the service that builds, tests and releases
            packages. The interface answers programs that send a token. A browser that follows a link sends none, so it is
            shown nothing.</p>
            <p>To read what is here, use one of these:</p>
            <ul>
            <li>The program <code>slipway</code>: log in with <code>slipway login --url</code> and the address of this
            service; then, for example, <code>slipway log</code> and a task's number print that task's log.</li>
            <li><a href="/docs">The description of the interface</a>: it takes a token under <i>Authorize</i>, and shows
            the answer of any address.</li>
            <li>Any program that sends the header <code>Authorization: Bearer</code> followed by a token.</li>
            </ul>
            <p>Once logged in, <code>slipway token create</code> and a name make a token. Who cannot log in asks an
            administrator of this service for one.</p>
            """);

    /** Who asks for HTML alone is refused for the want of a token too, and not because there is no HTML. */
    @Override
    public void filter(ContainerRequestContext request) {
        String accept = request.getHeaderString(HttpHeaders.ACCEPT);
        if (accept != null && accept.contains(MediaType.TEXT_HTML) && !accept.contains(MediaType.WILDCARD)) {
            request.getHeaders().putSingle(HttpHeaders.ACCEPT, accept + ", */*;q=0.001");
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() == 401
                && response.getEntity() instanceof Problem
                && request.getMethod().equals(HttpMethod.GET)
                && wantsHtml(request)) {
            response.setEntity(PAGE, NONE, HtmlPage.TYPE);
            HtmlPage.HEADERS.forEach(response.getHeaders()::putSingle);
        }
    }

    /** Browsers name HTML before everything else, programs do not. */
    private static boolean wantsHtml(ContainerRequestContext request) {
        MediaType first = request.getAcceptableMediaTypes().get(0);
        return first.equals(MediaType.TEXT_HTML_TYPE) || first.equals(MediaType.APPLICATION_XHTML_XML_TYPE);
    }
}

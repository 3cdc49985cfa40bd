package dev.slipway.server.http;

import dev.slipway.api.problems.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty refuses before any resource sees it: as a problem document too, without naming the server. */
final class ProblemPages extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        String trace = Trace.of(request);
        Problem problem = Problems.document(Problems.ofStatus(response.getStatus()), trace);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(Trace.HEADER, trace);
        response.write(true, ByteBuffer.wrap(Json.mapper().writeValueAsBytes(problem)), callback);
        return true;
    }
}

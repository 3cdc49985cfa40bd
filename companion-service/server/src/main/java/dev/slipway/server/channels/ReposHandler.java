package dev.slipway.server.channels;

import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.database.DatabaseUnavailableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ResourceService;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Serves repositories to package managers, without a token: conditional requests, ranges, {@code HEAD}. Every path is
 * looked up in the database; none ever becomes a path of the file system.
 */
final class ReposHandler extends Handler.Abstract {

    static final String ROOT = "/repos/";

    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";
    private static final int BUFFER = 64 << 10;

    private final ServedRepositories repositories;
    private final ClientConfigurations configurations;
    private final Blobs blobs;
    private final ResourceService service = new ResourceService();

    ReposHandler(ServedRepositories repositories, ClientConfigurations configurations, Blobs blobs) {
        this.repositories = repositories;
        this.configurations = configurations;
        this.blobs = blobs;
        service.setEtags(true);
        service.setAcceptRanges(true);
        service.setDirAllowed(false);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
            return true;
        }
        try {
            serve(request, response, callback);
        } catch (DatabaseUnavailableException e) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, 5);
            Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
        }
        return true;
    }

    private void serve(Request request, Response response, Callback callback) {
        Optional<ServedRepositories.Located> located =
                RequestPath.below(ROOT, request).flatMap(repositories::locate);
        if (located.isEmpty()) {
            Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            return;
        }
        Optional<String> configuration = configurations.of(located.get());
        if (configuration.isPresent()) {
            text(configuration.get(), response, callback);
            return;
        }
        repositories
                .find(located.get(), Request.getRemoteAddr(request))
                .ifPresentOrElse(
                        file -> file(file, located.get(), request, response, callback),
                        () -> Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404));
    }

    private void file(
            ServedFile file,
            ServedRepositories.Located located,
            Request request,
            Response response,
            Callback callback) {
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, file.fixed() ? FOR_EVER : ASK_AGAIN);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        ByteBufferPool.Sized buffers =
                new ByteBufferPool.Sized(request.getComponents().getByteBufferPool(), true, BUFFER);
        service.doGet(
                // the path mapping wraps a request into one without a context path, which the service cannot take
                Request.unWrap(request),
                response,
                callback,
                ServedContent.of(
                        blobs.path(file.sha256()),
                        located.rest(),
                        file.sha256(),
                        file.fixed() ? null : located.channel().switchedAt(),
                        buffers));
    }

    private static void text(String text, Response response, Callback callback) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, ASK_AGAIN);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }
}

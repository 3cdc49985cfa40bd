package dev.slipway.server.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.AsyncRequestLogWriter;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jspecify.annotations.Nullable;

/** Jetty with Jersey in it: HTTP/1.1 and cleartext HTTP/2 on one port, an access log, a graceful stop. */
public final class HttpServer implements AutoCloseable {
    private static final int MOST_THREADS = 100;
    private static final int MOST_HEADER_BYTES = 16 << 10;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
    private static final Duration IDLE_PATIENCE = Duration.ofSeconds(90);

    private final Server server;
    private final ServerConnector connector;

    private HttpServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts to serve.
     *
     * @param resources everything Jersey is to serve, as instances
     * @param handlers what serves below a path of its own without Jersey, by path
     * @param accessLog the file of the access log; none when absent
     */
    public static HttpServer start(
            HttpAddress address, ResourceConfig resources, Map<PathSpec, Handler> handlers, @Nullable Path accessLog)
            throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
        threads.setName("http");
        Server server = new Server(threads);
        ServerConnector connector = connector(server, address);
        server.addConnector(connector);
        server.setHandler(new GracefulHandler(traced(mapped(resources, handlers))));
        server.setErrorHandler(new ProblemPages());
        server.setStopTimeout(STOP_PATIENCE.toMillis());
        if (accessLog != null) {
            server.setRequestLog(requestLog(accessLog));
        }
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            throw new IOException(
                    "cannot serve on " + address.host() + ":" + address.port() + ": " + e.getMessage(), e);
        }
        return new HttpServer(server, connector);
    }

    private static ServerConnector connector(Server server, HttpAddress address) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(true);
        configuration.setRequestHeaderSize(MOST_HEADER_BYTES);
        ServerConnector connector = new ServerConnector(
                server, new HttpConnectionFactory(configuration), new HTTP2CServerConnectionFactory(configuration));
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(IDLE_PATIENCE.toMillis());
        return connector;
    }

    private static Handler traced(Handler handler) {
        ContentTypeCheck check = new ContentTypeCheck();
        check.setHandler(handler);
        Trace trace = new Trace();
        trace.setHandler(check);
        return trace;
    }

    private static Handler mapped(ResourceConfig resources, Map<PathSpec, Handler> handlers) {
        ServletHolder jersey = new ServletHolder("resources", new ServletContainer(resources));
        jersey.setInitOrder(0);
        jersey.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        context.addServlet(jersey, "/*");
        context.setErrorHandler(new ProblemPages());
        if (handlers.isEmpty()) {
            return context;
        }
        PathMappingsHandler paths = new PathMappingsHandler();
        handlers.forEach(paths::addMapping);
        paths.addMapping(PathSpec.from("/*"), context);
        return paths;
    }

    private static CustomRequestLog requestLog(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        AsyncRequestLogWriter writer = new AsyncRequestLogWriter(file.toString());
        writer.setAppend(true);
        writer.setRetainDays(14);
        return new CustomRequestLog(
                writer,
                "%{client}a - - %{yyyy-MM-dd'T'HH:mm:ss.SSSZ|UTC}t \"%m %U %H\" %s %O %{us}T %{" + Trace.HEADER + "}o");
    }

    /** The address of the running server. */
    public URI url() {
        String host = connector.getHost().contains(":") ? "[" + connector.getHost() + "]" : connector.getHost();
        return URI.create("http://" + host + ":" + connector.getLocalPort());
    }

    /** Takes no new requests, lets running ones end for a while, and stops. */
    @Override
    public void close() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop cleanly", e);
        }
    }
}

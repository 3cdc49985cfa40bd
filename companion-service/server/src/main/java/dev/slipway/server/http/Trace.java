package dev.slipway.server.http;

import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.MDC;

/** Gives every request an id, which its answer carries in a header and each of its log lines in the context. */
final class Trace extends Handler.Wrapper {
    static final String HEADER = "Slipway-Trace";
    static final String KEY = "trace";

    /** The request attribute that holds the address of the caller's end of the connection. */
    static final String REMOTE = "slipway.remote";

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String id = of(request);
        response.getHeaders().put(HEADER, id);
        request.setAttribute(REMOTE, Request.getRemoteAddr(request));
        MDC.put(KEY, id);
        try {
            return super.handle(request, response, callback);
        } finally {
            MDC.remove(KEY);
        }
    }

    /** The id of a request; made when it has none yet. */
    static String of(Request request) {
        Object known = request.getAttribute(KEY);
        if (known != null) {
            return known.toString();
        }
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        request.setAttribute(KEY, id);
        return id;
    }

    /** The id of the request that the calling thread serves. */
    static String current() {
        return Objects.requireNonNullElse(MDC.get(KEY), "none");
    }
}

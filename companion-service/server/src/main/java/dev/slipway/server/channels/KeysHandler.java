package dev.slipway.server.channels;

import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Serves the certificates of sign keys: {@code /keys/<key id or fingerprint>.asc}. */
final class KeysHandler extends Handler.Abstract {

    static final String ROOT = "/keys/";

    private static final Pattern NAME = Pattern.compile("([0-9A-Fa-f]{16}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})\\.asc");

    private final Transactions transactions;

    KeysHandler(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
            return true;
        }
        RequestPath.below(ROOT, request)
                .flatMap(this::certificate)
                .ifPresentOrElse(
                        certificate -> answer(certificate, response, callback),
                        () -> Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404));
        return true;
    }

    private Optional<String> certificate(String path) {
        Matcher name = NAME.matcher(path);
        if (!name.matches()) {
            return Optional.empty();
        }
        String id = name.group(1).toUpperCase(Locale.ROOT);
        return transactions.read(session -> Sql.one(
                session,
                "select certificate from sign_key where (keyid = ? or fingerprint = ?) and certificate is not null",
                row -> row.text("certificate"),
                id,
                id));
    }

    private static void answer(String certificate, Response response, Callback callback) {
        byte[] bytes = certificate.getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/pgp-keys");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }
}

package dev.slipway.api.contract;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;

/**
 * Holds every answer that a test receives to the contract, and every well-formed request too: a request that was accepted
 * must be one that the contract describes. Put it into every test's HTTP client.
 */
public final class ContractInterceptor implements Interceptor {
    private static final long MOST_PEEKED = 16 << 20;

    private final Contract contract = Contract.instance();

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Response response = chain.proceed(request);
        String path = request.url().encodedPath();
        if (path.startsWith("/repos/") || path.startsWith("/keys/")) {
            return response; // files, not operations
        }
        Optional<Contract.Operation> operation = contract.find(request.method(), path);
        if (operation.isEmpty()) {
            if (response.code() != 404 && response.code() != 405 && response.code() != 400) {
                throw new AssertionError(request.method() + " " + path + " answered " + response.code()
                        + ", but openapi.yaml does not know it");
            }
            return response;
        }
        check(operation.get(), request, response);
        return response;
    }

    private void check(Contract.Operation operation, Request request, Response response) throws IOException {
        MediaType type = response.body().contentType();
        String plain = type == null ? "" : type.type() + "/" + type.subtype();
        boolean json = plain.endsWith("json") && !request.method().equals("HEAD");
        String body = json ? response.peekBody(MOST_PEEKED).string() : "";
        if (request.method().equals("HEAD") && response.code() >= 400) {
            return;
        }
        List<String> faults = contract.check(operation, response.code(), plain, body);
        if (faults.isEmpty() && response.isSuccessful()) {
            faults = checkRequest(operation, request);
        }
        if (!faults.isEmpty()) {
            throw new AssertionError(String.join("\n", faults));
        }
    }

    private List<String> checkRequest(Contract.Operation operation, Request request) throws IOException {
        if (request.body() == null
                || request.body().contentType() == null
                || !request.body().contentType().subtype().endsWith("json")
                || operation.node().at("/requestBody/content").has("*/*")) {
            return List.of();
        }
        Buffer copy = new Buffer();
        request.body().writeTo(copy);
        return contract.checkRequest(operation, copy.readUtf8());
    }
}

package dev.slipway.server.oauth;

import dev.slipway.server.http.BoundedBody;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A form-encoded body of an OAuth endpoint: no name twice, and an empty value is as good as none (RFC 6749, 3.2). */
final class Form {
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_FIELDS = 100;

    private final Map<String, String> fields = new LinkedHashMap<>();

    private Form() {}

    static Form read(InputStream body) throws IOException {
        String text = new String(new BoundedBody(body, MOST_BYTES).readAllBytes(), StandardCharsets.UTF_8);
        Form form = new Form();
        for (String pair : text.split("&", MOST_FIELDS)) {
            if (!pair.isEmpty()) {
                form.add(pair);
            }
        }
        return form;
    }

    private void add(String pair) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        if (fields.putIfAbsent(name, value) != null) {
            throw OAuthException.invalidRequest("a parameter is there twice");
        }
    }

    private static String decode(String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (decoded.indexOf('\0') < 0) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            // Said below, in the same words as for every other mistake.
        }
        throw OAuthException.invalidRequest("the body is not form-encoded");
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
    }

    /** @throws OAuthException {@code invalid_request} when it is not there */
    String require(String name) {
        return get(name).orElseThrow(() -> OAuthException.invalidRequest("the parameter " + name + " is missing"));
    }
}

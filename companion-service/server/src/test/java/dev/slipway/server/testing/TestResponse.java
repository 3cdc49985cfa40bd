package dev.slipway.server.testing;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import okhttp3.Headers;

/** An answer, read to its end. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TestResponse(int status, Headers headers, byte[] bytes) {

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return as(JsonNode.class);
    }

    public <T> T as(Class<T> type) {
        try {
            return Json.mapper().readValue(bytes, type);
        } catch (IOException e) {
            throw new UncheckedIOException(text(), e);
        }
    }

    public <T> T as(TypeReference<T> type) {
        try {
            return Json.mapper().readValue(bytes, type);
        } catch (IOException e) {
            throw new UncheckedIOException(text(), e);
        }
    }

    public String header(String name) {
        return headers.get(name);
    }

    /** The last part of a problem's type; empty when the answer is no problem. */
    public String problem() {
        String type = header("Content-Type");
        return type == null || !type.startsWith("application/problem+json")
                ? ""
                : json().path("type").asText().replaceAll(".*/", "");
    }

    @Override
    public String toString() {
        return status + " " + text();
    }
}

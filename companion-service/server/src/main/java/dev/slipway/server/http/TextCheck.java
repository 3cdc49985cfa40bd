package dev.slipway.server.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses texts with a NUL character while they are read. PostgreSQL cannot store them; a request that is refused only when
 * one reaches the database may have had effects by then.
 */
final class TextCheck extends JsonParserDelegate {
    TextCheck(JsonParser parser) {
        super(parser);
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        boolean text = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
        if (text && getText().indexOf('\0') >= 0) {
            throw ProblemException.badRequest("the request holds a text with a NUL character, which cannot be stored");
        }
        return token;
    }
}

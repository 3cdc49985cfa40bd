package dev.slipway.server.http;

import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Refuses a Content-Type that is none (RFC 9110, section 8.3): Jersey would end such a request without an answer's body. */
final class ContentTypeCheck extends Handler.Wrapper {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern MEDIA_TYPE = Pattern.compile(
            TOKEN + "/" + TOKEN + "[ \\t]*(?:;[ \\t]*(?:" + TOKEN + "=(?:" + TOKEN + "|\"[^\"\\\\]*\"))?[ \\t]*)*");
    /** Jersey takes the parameter for a preference, and what is none for its own failure. */
    private static final Pattern PREFERENCE = Pattern.compile("(?i);[ \\t]*q=");

    private static final int LONGEST = 300;

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (isFine(request.getHeaders().get(HttpHeader.CONTENT_TYPE))) {
            return super.handle(request, response, callback);
        }
        Response.writeError(request, response, callback, 415);
        return true;
    }

    static boolean isFine(@Nullable String contentType) {
        return contentType == null
                || (contentType.length() <= LONGEST
                        && MEDIA_TYPE.matcher(contentType).matches()
                        && !PREFERENCE.matcher(contentType).find());
    }
}

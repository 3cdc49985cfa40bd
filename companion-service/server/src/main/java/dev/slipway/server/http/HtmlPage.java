package dev.slipway.server.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** The form of the few pages for people: no script, nothing from elsewhere, in no frame. */
public final class HtmlPage {
    public static final MediaType TYPE = MediaType.TEXT_HTML_TYPE.withCharset("utf-8");

    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** What every page is sent with. */
    public static final Map<String, String> HEADERS = Map.of(
            HttpHeaders.CACHE_CONTROL,
            "no-store",
            "Content-Security-Policy",
            POLICY,
            "X-Frame-Options",
            "DENY",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer");

    private HtmlPage() {}

    /**
     * A whole page.
     *
     * @param title as text
     * @param body as HTML, in which foreign text is {@link #escaped}
     */
    public static String of(String title, String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" + escaped(title) + "</title>\n"
                + "<style>body{font:1rem sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}"
                + "code{font-size:1.1rem;user-select:all;word-break:break-all}</style>\n</head>\n<body>\n<h1>"
                + escaped(title) + "</h1>\n" + body + "</body>\n</html>\n";
    }

    /** Text as it has to stand in HTML. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

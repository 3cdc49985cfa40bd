package dev.slipway.server.login;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The few pages of a login: no script, nothing from elsewhere, in no frame. */
final class Pages {
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Where a page leads. */
    record Choice(String label, String address) {}

    private Pages() {}

    static Response.ResponseBuilder choices(String title, String text, List<Choice> choices) {
        StringBuilder body = new StringBuilder("<p>" + escaped(text) + "</p>\n");
        for (Choice choice : choices) {
            body.append("<p><a href=\"")
                    .append(escaped(choice.address()))
                    .append("\">")
                    .append(escaped(choice.label()))
                    .append("</a></p>\n");
        }
        return page(title, body.toString());
    }

    static Response.ResponseBuilder code(String title, String text, String code) {
        return page(title, "<p>" + escaped(text) + "</p>\n<p><code>" + escaped(code) + "</code></p>\n");
    }

    private static Response.ResponseBuilder page(String title, String body) {
        String html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" + escaped(title) + "</title>\n"
                + "<style>body{font:1rem sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}"
                + "code{font-size:1.1rem;user-select:all;word-break:break-all}</style>\n</head>\n<body>\n<h1>"
                + escaped(title) + "</h1>\n" + body + "</body>\n</html>\n";
        return Response.ok(html, MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Content-Security-Policy", POLICY)
                .header("X-Frame-Options", "DENY")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

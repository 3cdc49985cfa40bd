package dev.slipway.server.login;

import dev.slipway.server.http.HtmlPage;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The few pages of a login. */
final class Pages {
    /** Where a page leads. */
    record Choice(String label, String address) {}

    private Pages() {}

    static Response.ResponseBuilder choices(String title, String text, List<Choice> choices) {
        StringBuilder body = new StringBuilder("<p>" + HtmlPage.escaped(text) + "</p>\n");
        for (Choice choice : choices) {
            body.append("<p><a href=\"")
                    .append(HtmlPage.escaped(choice.address()))
                    .append("\">")
                    .append(HtmlPage.escaped(choice.label()))
                    .append("</a></p>\n");
        }
        return page(title, body.toString());
    }

    static Response.ResponseBuilder code(String title, String text, String code) {
        return page(
                title, "<p>" + HtmlPage.escaped(text) + "</p>\n<p><code>" + HtmlPage.escaped(code) + "</code></p>\n");
    }

    private static Response.ResponseBuilder page(String title, String body) {
        Response.ResponseBuilder answer = Response.ok(HtmlPage.of(title, body), HtmlPage.TYPE);
        HtmlPage.HEADERS.forEach(answer::header);
        return answer;
    }
}

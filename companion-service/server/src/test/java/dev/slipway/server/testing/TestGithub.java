package dev.slipway.server.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;

/**
 * A server that answers as GitHub does. A code names the user: {@code code-of-ada} is ada's, who is in {@code example-org}
 * and has an address; {@code teammate} is in a team of {@code other-org}; {@code invited} has not accepted yet. A browser
 * that comes to log in is ada.
 */
public final class TestGithub implements AutoCloseable {
    private static final String SECRET = "github-secret";
    private static final String CLIENT = "Iv1.slipway";

    private final MockWebServer server = new MockWebServer();
    private final Collection<String> asked = new ConcurrentLinkedQueue<>();

    public TestGithub() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                asked.add(request.getUrl().toString());
                return answer(request);
            }
        });
        try {
            server.start(InetAddress.getLoopbackAddress(), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What has people log in here. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("github.client-id", CLIENT);
        settings.put("github.client-secret-file", secretFile());
        settings.put("github.url", server.url("/").toString());
        settings.put("github.api-url", server.url("/api").toString());
        settings.put("github.organisations", "example-org");
        settings.put("github.teams", "other-org/release-team");
        return settings;
    }

    private static String secretFile() {
        try {
            Path file = Files.createTempFile("slipway-test-", ".secret");
            file.toFile().deleteOnExit();
            return Files.writeString(file, SECRET + "\n").toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Every address that was asked for. */
    public Collection<String> asked() {
        return asked;
    }

    private static MockResponse answer(RecordedRequest request) {
        String path = request.getUrl().encodedPath();
        return switch (path) {
            case "/login/oauth/authorize" -> back(request.getUrl());
            case "/login/oauth/access_token" -> token(request.getBody().utf8());
            default ->
                about(
                        path,
                        String.valueOf(request.getHeaders().get("Authorization"))
                                .replace("Bearer gho_", ""));
        };
    }

    private static MockResponse back(HttpUrl asked) {
        HttpUrl to = HttpUrl.get(String.valueOf(asked.queryParameter("redirect_uri")))
                .newBuilder()
                .addQueryParameter("code", "code-of-ada")
                .addQueryParameter("state", asked.queryParameter("state"))
                .build();
        return new MockResponse.Builder()
                .code(302)
                .addHeader("Location", to.toString())
                .build();
    }

    private static MockResponse token(String form) {
        String user = form.replaceAll(".*(?:^|&)code=code-of-([a-z]+)(?:&.*|$)", "$1");
        boolean right = form.contains("client_secret=" + SECRET) && form.contains("client_id=" + CLIENT);
        if (user.equals("nonsense")) {
            return json(200, "<html>");
        }
        return right && !user.equals(form)
                ? json(200, "{\"access_token\": \"gho_" + user + "\", \"token_type\": \"bearer\"}")
                : json(200, "{\"error\": \"bad_verification_code\"}");
    }

    private static MockResponse about(String path, String user) {
        return switch (path) {
            case "/api/user" ->
                json(200, "{\"id\": " + (user.hashCode() & 0xffff) + ", \"login\": \"" + user + "\", \"email\": null}");
            case "/api/user/emails" ->
                user.equals("ada")
                        ? json(
                                200,
                                "[{\"email\": \"old@example.org\", \"primary\": false, \"verified\": true},"
                                        + "{\"email\": \"ada@example.org\", \"primary\": true, \"verified\": true}]")
                        : json(404, "{}");
            case "/api/user/memberships/orgs/example-org" ->
                switch (user) {
                    case "ada" -> json(200, "{\"state\": \"active\"}");
                    case "invited" -> json(200, "{\"state\": \"pending\"}");
                    default -> json(404, "{}");
                };
            default ->
                path.equals("/api/orgs/other-org/teams/release-team/memberships/teammate")
                        ? json(200, "{\"state\": \"active\"}")
                        : json(404, "{}");
        };
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}

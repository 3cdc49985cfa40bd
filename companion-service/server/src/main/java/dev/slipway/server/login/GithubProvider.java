package dev.slipway.server.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.http.Json;
import dev.slipway.server.http.Outbound;
import dev.slipway.server.oauth.Pkce;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** GitHub: plain OAuth 2 with its own API behind it, where a user's lasting name is a number. */
final class GithubProvider implements LoginProvider {
    static final String NAME = "github";

    private final GithubSettings settings;
    private final Outbound outbound;

    GithubProvider(GithubSettings settings, Outbound outbound) {
        this.settings = settings;
        this.outbound = outbound;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String label() {
        return "GitHub";
    }

    @Override
    public String path() {
        return NAME;
    }

    @Override
    public URI authorization(Attempt attempt) {
        return UriBuilder.fromUri(settings.url())
                .path("login/oauth/authorize")
                .queryParam("client_id", "{id}")
                .queryParam("redirect_uri", "{redirect}")
                .queryParam("scope", "{scope}")
                .queryParam("state", "{state}")
                .queryParam("code_challenge", "{challenge}")
                .queryParam("code_challenge_method", "S256")
                .build(
                        settings.clientId(),
                        attempt.redirectUri().toString(),
                        "read:user user:email read:org",
                        attempt.state(),
                        Pkce.challengeOf(attempt.verifier()));
    }

    @Override
    public Identity identify(String code, Attempt attempt) throws LoginRefusedException, IOException {
        return whoHolds(exchange(code, attempt));
    }

    /** As the founding API has it: a program got the code and only hands it over. */
    Identity identify(String code) throws LoginRefusedException, IOException {
        return whoHolds(exchange(code, null));
    }

    private String exchange(String code, @Nullable Attempt attempt) throws LoginRefusedException, IOException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", settings.clientId());
        form.put("client_secret", settings.clientSecret());
        form.put("code", code);
        if (attempt != null) {
            form.put("redirect_uri", attempt.redirectUri().toString());
            form.put("code_verifier", attempt.verifier());
        }
        Outbound.Answer answer = outbound.postForm(
                address(settings.url(), "login/oauth/access_token"), form, Map.of("Accept", "application/json"));
        String token = json(answer).path("access_token").asText("");
        if (!token.matches("[\\x21-\\x7e]{1,4096}")) {
            // GitHub answers 200 with the error in the body
            throw LoginRefusedException.unknown("GitHub does not take this code: it is wrong, was used, or is too old");
        }
        return token;
    }

    private Identity whoHolds(String token) throws LoginRefusedException, IOException {
        Outbound.Answer answer = api(token, "user");
        JsonNode user = json(answer);
        String login = user.path("login").asText("");
        if (answer.status() != 200 || !user.path("id").canConvertToLong() || !login.matches("[A-Za-z0-9-]{1,100}")) {
            throw new IOException("GitHub's answer about the user makes no sense (status " + answer.status() + ")");
        }
        if (!isAllowed(token, login)) {
            throw LoginRefusedException.notAllowed(
                    login + " is in none of the GitHub organisations or teams that may log in here");
        }
        return new Identity(NAME, user.path("id").asText(), login, email(token));
    }

    private boolean isAllowed(String token, String login) throws IOException {
        if (settings.organisations().isEmpty() && settings.teams().isEmpty()) {
            return settings.anyone();
        }
        for (String organisation : settings.organisations()) {
            if (isActive(api(token, "user", "memberships", "orgs", organisation))) {
                return true;
            }
        }
        for (String team : settings.teams()) {
            String[] parts = team.split("/", 2);
            if (isActive(api(token, "orgs", parts[0], "teams", parts[1], "memberships", login))) {
                return true;
            }
        }
        return false;
    }

    /** An invitation that was not accepted is pending. */
    private static boolean isActive(Outbound.Answer answer) throws IOException {
        if (answer.status() >= 500 || answer.status() == 429) {
            throw new IOException("GitHub answered " + answer.status() + " about a membership");
        }
        return answer.status() == 200 && json(answer).path("state").asText("").equals("active");
    }

    private @Nullable String email(String token) throws IOException {
        Outbound.Answer answer = api(token, "user", "emails");
        if (answer.status() != 200) {
            return null;
        }
        return StreamSupport.stream(json(answer).spliterator(), false)
                .filter(email -> email.path("primary").asBoolean()
                        && email.path("verified").asBoolean())
                .map(email -> email.path("email").asText())
                .findFirst()
                .orElse(null);
    }

    private Outbound.Answer api(String token, String... path) throws IOException {
        return outbound.get(
                address(settings.apiUrl(), path),
                Map.of("Authorization", "Bearer " + token, "Accept", "application/vnd.github+json"));
    }

    private static URI address(URI base, String... path) {
        return UriBuilder.fromUri(base)
                .segment(String.join("/", path).split("/"))
                .build();
    }

    private static JsonNode json(Outbound.Answer answer) throws IOException {
        try {
            return Json.mapper().readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IOException("GitHub's answer is not JSON (status " + answer.status() + ")", e);
        }
    }
}

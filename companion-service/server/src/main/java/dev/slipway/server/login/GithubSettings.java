package dev.slipway.server.login;

import dev.slipway.server.http.Outbound;
import java.net.URI;
import java.util.List;

/**
 * Login by GitHub.
 *
 * @param url where people log in, {@code https://github.com}
 * @param apiUrl its API, {@code https://api.github.com}
 * @param organisations whose members may log in; anybody's when this and {@code teams} are empty and {@code anyone} says so
 * @param teams whose members may log in, as {@code organisation/team}
 */
public record GithubSettings(
        URI url,
        URI apiUrl,
        String clientId,
        String clientSecret,
        List<String> organisations,
        List<String> teams,
        boolean anyone) {

    public GithubSettings {
        organisations = List.copyOf(organisations);
        teams = List.copyOf(teams);
        if (!Outbound.isSafe(url) || !Outbound.isSafe(apiUrl)) {
            throw new IllegalArgumentException("github.url and github.api-url must be https addresses");
        }
        if (clientId.isBlank() || clientSecret.isBlank()) {
            throw new IllegalArgumentException(
                    "login by GitHub needs github.client-id and a github.client-secret-file that is not empty");
        }
        if (teams.stream().anyMatch(team -> !team.matches("[^/]+/[^/]+"))) {
            throw new IllegalArgumentException("github.teams must name teams as organisation/team");
        }
        if (organisations.isEmpty() && teams.isEmpty() && !anyone) {
            throw new IllegalArgumentException("refusing to let everybody who has a GitHub account log in: name"
                    + " github.organisations or github.teams, or say github.anyone=true");
        }
    }

    @Override
    public String toString() {
        return "GithubSettings[" + url + ", " + organisations + ", " + teams + "]";
    }
}

package dev.slipway.server;

import dev.slipway.api.identity.Role;
import dev.slipway.server.login.ClaimRules;
import dev.slipway.server.login.GithubSettings;
import dev.slipway.server.login.IssuerSettings;
import dev.slipway.server.login.OidcSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads from the settings how people log in and whose tokens are accepted. Secrets are in files that settings name. */
final class LoginSettings {
    private final Settings settings;

    LoginSettings(Settings settings) {
        this.settings = settings;
    }

    /** What a person who logs in for the first time is granted. */
    @Nullable
    Role firstRole() {
        String word = settings.text("login.role", "");
        return word.isEmpty() ? null : role("login.role", word);
    }

    @Nullable
    GithubSettings github() throws IOException {
        String clientId = settings.text("github.client-id", "");
        String secretFile = settings.text("github.client-secret-file", "");
        URI url = address("github.url", "https://github.com");
        URI api = address("github.api-url", "https://api.github.com");
        List<String> organisations = list("github.organisations");
        List<String> teams = list("github.teams");
        boolean anyone = settings.flag("github.anyone", false);
        if (clientId.isEmpty()) {
            return null;
        }
        String secret = secret("github.client-secret-file", secretFile);
        return new GithubSettings(url, api, clientId, secret == null ? "" : secret, organisations, teams, anyone);
    }

    List<OidcSettings> oidc() throws IOException {
        List<OidcSettings> all = new ArrayList<>();
        for (String name : list("oidc.providers")) {
            String prefix = "oidc." + name + ".";
            all.add(new OidcSettings(
                    name,
                    settings.text(prefix + "label", name),
                    address(prefix + "issuer", ""),
                    settings.text(prefix + "client-id", ""),
                    secret(prefix + "client-secret-file", settings.text(prefix + "client-secret-file", "")),
                    Arrays.asList(settings.text(prefix + "scopes", "openid profile email")
                            .trim()
                            .split("[ ,]+")),
                    settings.text(prefix + "username-claim", "preferred_username"),
                    rules(prefix + "require")));
        }
        return all;
    }

    List<IssuerSettings> issuers() {
        List<IssuerSettings> all = new ArrayList<>();
        for (String name : list("trust.issuers")) {
            String prefix = "trust." + name + ".";
            String keys = settings.text(prefix + "jwks-url", "");
            all.add(new IssuerSettings(
                    name,
                    address(prefix + "issuer", ""),
                    settings.text(prefix + "audience", ""),
                    keys.isEmpty() ? null : address(prefix + "jwks-url", ""),
                    settings.text(prefix + "username-claim", "sub"),
                    settings.text(prefix + "scope-claim", ""),
                    settings.text(prefix + "roles-claim", ""),
                    roles(prefix + "roles"),
                    role(prefix + "most", settings.text(prefix + "most", Role.READER.word())),
                    rules(prefix + "require")));
        }
        return all;
    }

    private ClaimRules rules(String name) {
        return new ClaimRules(pairs(name));
    }

    private Map<String, Role> roles(String name) {
        Map<String, Role> roles = new LinkedHashMap<>();
        pairs(name).forEach((value, role) -> roles.put(value, role(name, role)));
        return roles;
    }

    private Map<String, String> pairs(String name) {
        try {
            return ClaimRules.pairs(settings.text(name, ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the setting " + name + ": " + e.getMessage(), e);
        }
    }

    private static Role role(String name, String word) {
        return Role.named(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the setting " + name + " must name roles, and '" + word + "' is none"));
    }

    private List<String> list(String name) {
        return Arrays.stream(settings.text(name, "").split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private URI address(String name, String fallback) {
        String text = settings.text(name, fallback).strip();
        try {
            return URI.create(text.replaceAll("/+$", name.endsWith(".issuer") ? "$0" : ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the setting " + name + " must be an address, not '" + text + "'", e);
        }
    }

    /** The content of the file, without the line end. */
    private static @Nullable String secret(String name, String file) throws IOException {
        if (file.isEmpty()) {
            return null;
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new IOException("the file of the setting " + name + " cannot be read: " + file, e);
        }
    }
}

package io.jenkins.plugins.slipway.servers;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import dev.slipway.client.auth.ClientSecret;
import dev.slipway.client.auth.TokenEndpoint;
import dev.slipway.client.auth.TokenSource;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import java.time.Clock;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Makes a source of tokens of a credential: the text itself, or tokens minted for a client and kept in memory only. */
final class ServerTokens {
    private ServerTokens() {}

    /**
     * @param scopes what minted tokens are for; empty for all that the client may do
     * @throws AbortException when the credential is of no kind that makes a token
     */
    @NonNull
    static TokenSource of(
            @NonNull StandardCredentials credentials,
            @NonNull String url,
            @NonNull OkHttpClient http,
            @NonNull Set<String> scopes)
            throws AbortException {
        try {
            if (credentials instanceof StringCredentials text) {
                return TokenSource.fixed(text.getSecret().getPlainText().trim());
            }
            if (credentials instanceof StandardUsernamePasswordCredentials pair) {
                ClientSecret client =
                        new ClientSecret(pair.getUsername(), pair.getPassword().getPlainText());
                TokenEndpoint endpoint = new TokenEndpoint(http, url, Clock.systemUTC());
                return SlipwayGlobalConfiguration.get()
                        .tokens()
                        .source(url, client, scopes, () -> endpoint.mint(client, scopes));
            }
        } catch (IllegalArgumentException e) {
            throw new AbortException(Messages.ServerTokens_unusable(credentials.getId()));
        }
        throw new AbortException(Messages.ServerTokens_kind(credentials.getId()));
    }
}

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

    /** @throws AbortException when the credential is of no kind that makes a token */
    @NonNull
    static TokenSource of(@NonNull StandardCredentials credentials, @NonNull String url, @NonNull OkHttpClient http)
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
                        .source(url, client, Set.of(), () -> endpoint.mint(client, Set.of()));
            }
        } catch (IllegalArgumentException e) {
            throw new AbortException(Messages.ServerTokens_unusable(credentials.getId()));
        }
        throw new AbortException(Messages.ServerTokens_kind(credentials.getId()));
    }
}

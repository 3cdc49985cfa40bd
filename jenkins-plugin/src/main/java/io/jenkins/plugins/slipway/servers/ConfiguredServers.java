package io.jenkins.plugins.slipway.servers;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import dev.slipway.client.auth.TokenSource;
import dev.slipway.client.http.Api;
import dev.slipway.client.http.Pause;
import dev.slipway.client.http.RetryPolicy;
import dev.slipway.client.servers.ChosenServer;
import dev.slipway.client.servers.ChosenServer.Reference;
import dev.slipway.client.servers.NoServerException;
import dev.slipway.client.servers.ServerChoice;
import dev.slipway.client.servers.ServerLevel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** How the steps come to the companion that their job means. */
@Restricted(NoExternalUse.class)
public final class ConfiguredServers {
    private ConfiguredServers() {}

    /**
     * The companion for this job: what the caller asks for, else what the nearest folder prefers, else the first one.
     *
     * @throws AbortException when there is none; says why and what to do
     */
    @NonNull
    public static ChosenServer choose(@NonNull Item item, @CheckForNull String wanted) throws AbortException {
        SlipwayGlobalConfiguration configuration = SlipwayGlobalConfiguration.get();
        List<ServerLevel> folders = new ArrayList<>();
        for (FolderServers source : ExtensionList.lookup(FolderServers.class)) {
            folders.addAll(source.around(item));
        }
        try {
            return new ServerChoice(configuration.level(), configuration.isFolderUrlsAllowed()).choose(wanted, folders);
        } catch (NoServerException e) {
            if (e.unconfigured()) {
                configuration.health().missed();
            }
            throw new AbortException(e.getMessage());
        }
    }

    /**
     * A connection for one call or a few; cheap to make, and made anew so that a changed credential or proxy counts.
     * Looks credentials up, so not for the thread that runs the pipeline's program.
     *
     * @throws AbortException when a credential is missing or unusable; says which
     */
    @NonNull
    public static Api connect(@NonNull ChosenServer server, @NonNull Run<?, ?> run) throws AbortException {
        Reference authority = server.authority();
        OkHttpClient.Builder builder = ServerHttp.client(
                authority == null ? null : ServerCredentials.use(authority, server, FileCredentials.class, run));
        ServerHealth health = SlipwayGlobalConfiguration.get().health();
        OkHttpClient http =
                builder.addInterceptor(new HealthWatch(health, server.id())).build();
        return new Api(http, server.url(), tokens(server, run, http, Set.of()), RetryPolicy.none(), Pause.sleeping());
    }

    /**
     * A token for a program that is not this one. Looks credentials up and may call the companion.
     *
     * @param scopes what it is for: minted tokens get no others, a token that is configured itself is as wide as it is
     * @throws AbortException when a credential is missing or unusable; says which
     */
    @NonNull
    public static String token(@NonNull ChosenServer server, @NonNull Run<?, ?> run, @NonNull Set<String> scopes)
            throws IOException {
        Reference authority = server.authority();
        OkHttpClient http = ServerHttp.client(
                        authority == null ? null : ServerCredentials.use(authority, server, FileCredentials.class, run))
                .build();
        return tokens(server, run, http, scopes).token();
    }

    private static TokenSource tokens(ChosenServer server, Run<?, ?> run, OkHttpClient http, Set<String> scopes)
            throws AbortException {
        Reference caller = server.credentials();
        if (caller == null) {
            throw new AbortException(Messages.ConfiguredServers_noCredentials(server.id()));
        }
        return ServerTokens.of(
                ServerCredentials.use(caller, server, StandardCredentials.class, run), server.url(), http, scopes);
    }
}

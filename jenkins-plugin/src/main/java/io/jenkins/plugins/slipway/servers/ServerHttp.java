package io.jenkins.plugins.slipway.servers;

import dev.slipway.client.connection.TrustedCertificates;
import dev.slipway.client.http.Api;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.util.VersionNumber;
import io.jenkins.plugins.okhttp.api.JenkinsOkHttpClient;
import java.io.IOException;
import java.io.InputStream;
import jenkins.model.Jenkins;
import okhttp3.OkHttpClient;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

/** HTTP as the controller does it: its proxy, the companion's certificates, timeouts, no redirects, our name. */
final class ServerHttp {
    /** Lends its threads and connections to all clients made of it. */
    private static final OkHttpClient SHARED =
            Api.defaults(new OkHttpClient.Builder()).build();

    private ServerHttp() {}

    /** @param authority the certificates to trust; null for those of the controller's Java */
    @NonNull
    static OkHttpClient.Builder client(@CheckForNull FileCredentials authority) throws AbortException {
        OkHttpClient.Builder builder = JenkinsOkHttpClient.newClientBuilder(SHARED);
        String agent = agent();
        builder.addInterceptor(chain -> chain.proceed(
                chain.request().newBuilder().header("User-Agent", agent).build()));
        builder.addInterceptor(new TraceLog());
        return authority == null ? builder : trusting(authority, builder);
    }

    private static OkHttpClient.Builder trusting(FileCredentials authority, OkHttpClient.Builder builder)
            throws AbortException {
        try (InputStream certificates = authority.getContent()) {
            return TrustedCertificates.read(certificates).apply(builder);
        } catch (IOException e) {
            throw new AbortException(Messages.ServerHttp_certificates(authority.getId(), e.getMessage()));
        }
    }

    private static String agent() {
        String own = ServerHttp.class.getPackage().getImplementationVersion();
        VersionNumber jenkins = Jenkins.getVersion();
        return "slipway/" + (own == null ? "0" : own) + " Jenkins/" + (jenkins == null ? "0" : jenkins);
    }
}

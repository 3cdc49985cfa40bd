package io.jenkins.plugins.slipway.servers;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import dev.slipway.client.auth.TokenSource;
import dev.slipway.client.connection.ConnectionCheck;
import dev.slipway.client.connection.ConnectionReport;
import dev.slipway.client.servers.ServerUrl;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.time.Duration;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

/** What the button <i>Test Connection</i> does and says. */
final class ConnectionTest {
    /** For each call: somebody looks at the button, and a thread of the controller is held. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ConnectionTest() {}

    @NonNull
    static FormValidation run(
            @CheckForNull Item item,
            @NonNull String url,
            @NonNull String credentialsId,
            @NonNull String caCredentialsId) {
        if (ServerUrl.problem(url) != ServerUrl.Problem.NONE) {
            return FormValidation.error(Messages.ConnectionTest_url());
        }
        try {
            String base = ServerUrl.trimmed(url);
            FileCredentials authority = selected(item, base, caCredentialsId, FileCredentials.class);
            OkHttpClient http =
                    ServerHttp.client(authority).callTimeout(PATIENCE).build();
            StandardCredentials caller = selected(item, base, credentialsId, StandardCredentials.class);
            TokenSource tokens = caller == null ? null : ServerTokens.of(caller, base, http, Set.of());
            return say(new ConnectionCheck(http, base).run(tokens));
        } catch (AbortException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static <C extends StandardCredentials> C selected(Item item, String url, String id, Class<C> type)
            throws AbortException {
        if (id.isBlank()) {
            return null;
        }
        C found = ServerCredentials.find(item, url, id, type);
        if (found == null) {
            throw new AbortException(Messages.ConnectionTest_noCredentials(id));
        }
        return found;
    }

    private static FormValidation say(ConnectionReport report) {
        return switch (report.outcome()) {
            case CONNECTED -> connected(report);
            case ANONYMOUS -> FormValidation.warning(Messages.ConnectionTest_anonymous(report.version()));
            case REFUSED -> FormValidation.error(Messages.ConnectionTest_refused(report.version()));
            case CERTIFICATE -> FormValidation.error(Messages.ConnectionTest_certificate());
            case REDIRECT -> FormValidation.error(Messages.ConnectionTest_redirect());
            case NO_COMPANION -> FormValidation.error(Messages.ConnectionTest_noCompanion(report.status()));
            case UNREACHABLE -> FormValidation.error(Messages.ConnectionTest_unreachable());
        };
    }

    private static FormValidation connected(ConnectionReport report) {
        String user = report.user() == null ? "?" : report.user();
        return report.scopes().isEmpty()
                ? FormValidation.warning(Messages.ConnectionTest_noScopes(report.version(), user))
                : FormValidation.ok(
                        Messages.ConnectionTest_connected(report.version(), user, String.join(", ", report.scopes())));
    }
}

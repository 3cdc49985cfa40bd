package io.jenkins.plugins.slipway.servers;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import dev.slipway.client.servers.ChosenServer;
import dev.slipway.client.servers.ChosenServer.Reference;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Lists, checks and finds credentials, each time for the same address. What the administrator chose is found with the
 * controller's own rights, so that it can be of the <em>system</em> scope, which no job reaches; what a folder chose is
 * found with the rights of the run.
 */
final class ServerCredentials {
    /** Ids of what is noted for a run already: a waiting step asks every few seconds, and noting writes to the disk. */
    private static final Map<Run<?, ?>, Set<String>> TRACKED = Collections.synchronizedMap(new WeakHashMap<>());

    private ServerCredentials() {}

    /** A secret text that is an API token, or a user name and password that are a client id and its secret. */
    @NonNull
    static CredentialsMatcher callers() {
        return CredentialsMatchers.anyOf(
                CredentialsMatchers.instanceOf(StringCredentials.class),
                CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));
    }

    /** A secret file with certificates. */
    @NonNull
    static CredentialsMatcher authorities() {
        return CredentialsMatchers.instanceOf(FileCredentials.class);
    }

    /** For those who may not see which credentials there are: only what is selected already. */
    @NonNull
    static ListBoxModel listOnly(@CheckForNull String current) {
        return new StandardListBoxModel().includeCurrentValue(current == null ? "" : current);
    }

    /** @param item the folder or job whose form it is; null for the global form */
    @NonNull
    static ListBoxModel list(
            @CheckForNull Item item,
            @CheckForNull String url,
            @CheckForNull String current,
            @NonNull Class<? extends StandardCredentials> type,
            @NonNull CredentialsMatcher matcher) {
        StandardListBoxModel model = new StandardListBoxModel();
        model.includeEmptyValue();
        if (item == null) {
            model.includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), type, requirements(url), matcher);
        } else {
            model.includeMatchingAs(ACL.SYSTEM2, item, type, requirements(url), matcher);
        }
        return model.includeCurrentValue(current == null ? "" : current);
    }

    /** As a form finds what is selected in it; null when there is none. */
    @CheckForNull
    static <C extends StandardCredentials> C find(
            @CheckForNull Item item, @CheckForNull String url, @NonNull String id, @NonNull Class<C> type) {
        return item == null
                ? CredentialsProvider.findCredentialByIdInItemGroup(
                        id, type, Jenkins.get(), ACL.SYSTEM2, requirements(url))
                : CredentialsProvider.findCredentialByIdInItem(id, type, item, ACL.SYSTEM2, requirements(url));
    }

    /**
     * As a run finds it, and notes once that the run used it.
     *
     * @throws AbortException when there is none that the run may use; says which
     */
    @NonNull
    static <C extends StandardCredentials> C use(
            @NonNull Reference reference, @NonNull ChosenServer server, @NonNull Class<C> type, @NonNull Run<?, ?> run)
            throws AbortException {
        C found = reference.global()
                ? find(null, server.url(), reference.credentialsId(), type)
                : CredentialsProvider.findCredentialById(
                        reference.credentialsId(), type, run, requirements(server.url()));
        if (found == null) {
            throw new AbortException(Messages.ServerCredentials_missing(reference.credentialsId(), server.id()));
        }
        if (TRACKED.computeIfAbsent(run, any -> ConcurrentHashMap.newKeySet()).add(found.getId())) {
            CredentialsProvider.track(run, found);
        }
        return found;
    }

    private static List<DomainRequirement> requirements(@CheckForNull String url) {
        return URIRequirementBuilder.fromUri(url == null || url.isBlank() ? null : url.trim())
                .build();
    }
}

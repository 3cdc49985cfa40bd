package io.jenkins.plugins.slipway.servers;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import dev.slipway.client.servers.ServerSettings;
import dev.slipway.client.servers.ServerUrl;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * One companion. In a folder an entry refines the one of the same id above it, and whatever it leaves out is taken from
 * there.
 */
@Restricted(NoExternalUse.class)
public final class SlipwayServer implements Describable<SlipwayServer> {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final String id;
    private final String url;
    private String credentialsId;
    private String caCredentialsId;
    private Integer patienceMinutes;

    @DataBoundConstructor
    public SlipwayServer(@CheckForNull String id, @CheckForNull String url) {
        this.id = id == null ? "" : id.trim();
        this.url = url == null ? "" : url.trim();
    }

    /** Names the companion in pipelines and stays when its address changes. */
    @NonNull
    public String getId() {
        return id;
    }

    /** Where it is; empty in a folder that only refines. */
    @NonNull
    public String getUrl() {
        return url;
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** The certificates that the companion's own is checked with; null for those of the controller's Java. */
    @CheckForNull
    public String getCaCredentialsId() {
        return caCredentialsId;
    }

    @DataBoundSetter
    public void setCaCredentialsId(@CheckForNull String caCredentialsId) {
        this.caCredentialsId = Util.fixEmptyAndTrim(caCredentialsId);
    }

    /** For how long a step waits for a companion that does not answer; null for the default. */
    @CheckForNull
    public Integer getPatienceMinutes() {
        return patienceMinutes;
    }

    @DataBoundSetter
    public void setPatienceMinutes(@CheckForNull Integer patienceMinutes) {
        this.patienceMinutes = patienceMinutes == null || patienceMinutes < 1 ? null : patienceMinutes;
    }

    @NonNull
    public ServerSettings settings() {
        return new ServerSettings(
                id,
                url.isEmpty() ? null : url,
                credentialsId,
                caCredentialsId,
                patienceMinutes == null ? null : Duration.ofMinutes(patienceMinutes));
    }

    /**
     * A copy to keep.
     *
     * @throws IllegalArgumentException when an id is none, or when two servers have the same
     */
    @NonNull
    public static List<SlipwayServer> withClearIds(@CheckForNull List<SlipwayServer> servers) {
        List<SlipwayServer> copy = servers == null ? new ArrayList<>() : new ArrayList<>(servers);
        Set<String> ids = new HashSet<>();
        for (SlipwayServer server : copy) {
            if (!ID.matcher(server.id).matches()) {
                throw new IllegalArgumentException(Messages.SlipwayServer_id());
            }
            if (!ids.add(server.id)) {
                throw new IllegalArgumentException(Messages.SlipwayServer_sameId(server.id));
            }
        }
        return copy;
    }

    /** Its form: checks what was typed, lists credentials, tries the connection. */
    @Extension
    @Symbol("slipwayServer")
    @Restricted(NoExternalUse.class)
    public static final class DescriptorImpl extends Descriptor<SlipwayServer> {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.SlipwayServer_displayName();
        }

        @POST
        public FormValidation doCheckId(@AncestorInPath Item item, @QueryParameter String value) {
            FormPermissions.checkConfigure(item);
            return ID.matcher(Util.fixNull(value).trim()).matches()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.SlipwayServer_id());
        }

        @POST
        public FormValidation doCheckUrl(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String credentialsId) {
            FormPermissions.checkConfigure(item);
            String url = Util.fixNull(value);
            if (url.isBlank()) {
                return item == null ? FormValidation.error(Messages.SlipwayServer_urlMissing()) : FormValidation.ok();
            }
            ServerUrl.Problem problem = ServerUrl.problem(url);
            if (problem != ServerUrl.Problem.NONE) {
                return FormValidation.error(explain(problem));
            }
            if (item != null && !SlipwayGlobalConfiguration.get().isFolderUrlsAllowed()) {
                return FormValidation.warning(Messages.SlipwayServer_urlOfFolder());
            }
            return ServerUrl.isReadableOnTheWay(url)
                            && !Util.fixNull(credentialsId).isBlank()
                    ? FormValidation.warning(Messages.SlipwayServer_urlPlain())
                    : FormValidation.ok();
        }

        private static String explain(ServerUrl.Problem problem) {
            return switch (problem) {
                case HOLDS_CREDENTIALS -> Messages.SlipwayServer_urlCredentials();
                case HOLDS_QUERY -> Messages.SlipwayServer_urlQuery();
                case NO_HTTP_ADDRESS, NONE -> Messages.SlipwayServer_urlScheme();
            };
        }

        @POST
        public FormValidation doCheckPatienceMinutes(@AncestorInPath Item item, @QueryParameter String value) {
            FormPermissions.checkConfigure(item);
            return Util.fixNull(value).isBlank() || value.trim().matches("[1-9][0-9]{0,5}")
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.SlipwayServer_patience());
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String url, @QueryParameter String credentialsId) {
            return FormPermissions.mayListCredentials(item)
                    ? ServerCredentials.list(
                            item, url, credentialsId, StandardCredentials.class, ServerCredentials.callers())
                    : ServerCredentials.listOnly(credentialsId);
        }

        @POST
        public ListBoxModel doFillCaCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String url, @QueryParameter String caCredentialsId) {
            return FormPermissions.mayListCredentials(item)
                    ? ServerCredentials.list(
                            item, url, caCredentialsId, FileCredentials.class, ServerCredentials.authorities())
                    : ServerCredentials.listOnly(caCredentialsId);
        }

        /** For administrators alone, since it makes the controller call an address of the caller's choice. */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String url,
                @QueryParameter String credentialsId,
                @QueryParameter String caCredentialsId) {
            FormPermissions.checkAdminister();
            return ConnectionTest.run(
                    item, Util.fixNull(url), Util.fixNull(credentialsId), Util.fixNull(caCredentialsId));
        }
    }
}

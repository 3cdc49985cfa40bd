package io.jenkins.plugins.slipway.folders;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.slipway.servers.SlipwayGlobalConfiguration;
import io.jenkins.plugins.slipway.servers.SlipwayServer;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** Which companion the jobs of a folder use, and who they are to it. */
@Restricted(NoExternalUse.class)
public final class SlipwayFolderProperty extends AbstractFolderProperty<AbstractFolder<?>> {
    private List<SlipwayServer> servers = new ArrayList<>();
    private String defaultServer;

    @DataBoundConstructor
    public SlipwayFolderProperty() {}

    /** Entries that refine those of the levels above. */
    @NonNull
    public List<SlipwayServer> getServers() {
        return servers == null ? List.of() : List.copyOf(servers);
    }

    /** @throws IllegalArgumentException when an id is none, or when two entries have the same */
    @DataBoundSetter
    public void setServers(@CheckForNull List<SlipwayServer> servers) {
        this.servers = SlipwayServer.withClearIds(servers);
    }

    /** The id of the companion for steps that ask for none. */
    @CheckForNull
    public String getDefaultServer() {
        return defaultServer;
    }

    @DataBoundSetter
    public void setDefaultServer(@CheckForNull String defaultServer) {
        this.defaultServer = Util.fixEmptyAndTrim(defaultServer);
    }

    // Without a symbol: symbols are looked up by loading every class that has one, and this one cannot be loaded where
    // the folder plugin is missing.
    @Extension(optional = true)
    @SuppressWarnings("deprecation") // nothing else keeps the log silent where the folder plugin is missing
    @Restricted(NoExternalUse.class)
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.SlipwayFolderProperty_displayName();
        }

        /** Nothing is stored for a folder that says nothing. */
        @Override
        public AbstractFolderProperty<?> newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
            AbstractFolderProperty<?> property;
            try {
                property = super.newInstance(req, formData);
            } catch (LinkageError e) { // what core makes of a setter's refusal
                throw new FormException(SlipwayGlobalConfiguration.reason(e), e, "servers");
            }
            return property instanceof SlipwayFolderProperty ours
                            && ours.getServers().isEmpty()
                            && ours.getDefaultServer() == null
                    ? null
                    : property;
        }
    }
}

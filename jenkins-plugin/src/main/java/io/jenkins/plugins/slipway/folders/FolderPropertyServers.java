package io.jenkins.plugins.slipway.folders;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import dev.slipway.client.servers.ServerLevel;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import io.jenkins.plugins.slipway.servers.FolderServers;
import io.jenkins.plugins.slipway.servers.SlipwayServer;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Reads the properties of the folders around a job. */
@Extension(optional = true)
@SuppressWarnings("deprecation") // nothing else keeps the log silent where the folder plugin is missing
@Restricted(NoExternalUse.class)
public final class FolderPropertyServers extends FolderServers {
    @Override
    @NonNull
    public List<ServerLevel> around(@NonNull Item item) {
        List<ServerLevel> levels = new ArrayList<>();
        Object at = item;
        while (at instanceof Item inner) {
            if (inner instanceof AbstractFolder<?> folder) {
                SlipwayFolderProperty property = folder.getProperties().get(SlipwayFolderProperty.class);
                if (property != null) {
                    levels.add(level(folder, property));
                }
            }
            at = inner.getParent();
        }
        return levels;
    }

    private static ServerLevel level(AbstractFolder<?> folder, SlipwayFolderProperty property) {
        return new ServerLevel(
                Messages.FolderPropertyServers_folder(folder.getFullName()),
                property.getDefaultServer(),
                property.getServers().stream().map(SlipwayServer::settings).toList());
    }
}

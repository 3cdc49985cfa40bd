package io.jenkins.plugins.slipway.servers;

import dev.slipway.client.servers.ServerLevel;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import hudson.model.Item;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the folders around a job say about companions. An extension, since folders come from another plugin. */
@Restricted(NoExternalUse.class)
public abstract class FolderServers implements ExtensionPoint {
    /** The levels around the item, nearest first; the item itself is one of them if it is a folder. */
    @NonNull
    public abstract List<ServerLevel> around(@NonNull Item item);
}

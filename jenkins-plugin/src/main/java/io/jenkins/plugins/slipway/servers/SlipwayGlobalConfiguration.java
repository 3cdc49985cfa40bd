package io.jenkins.plugins.slipway.servers;

import dev.slipway.client.auth.TokenCache;
import dev.slipway.client.servers.ServerLevel;
import dev.slipway.client.servers.ServerSettings;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PersistentDescriptor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** What the administrator configures for the whole of Jenkins. */
@Extension
@Symbol("slipway")
@Restricted(NoExternalUse.class)
public final class SlipwayGlobalConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    private List<SlipwayServer> servers = new ArrayList<>();
    private boolean folderUrlsAllowed;

    private final transient TokenCache tokens = new TokenCache(Clock.systemUTC());
    private final transient ServerHealth health = new ServerHealth(Clock.systemUTC());

    /** The one configuration of this controller. */
    @NonNull
    public static SlipwayGlobalConfiguration get() {
        return ExtensionList.lookupSingleton(SlipwayGlobalConfiguration.class);
    }

    @NonNull
    public synchronized List<SlipwayServer> getServers() {
        return servers == null ? List.of() : List.copyOf(servers);
    }

    /** @throws IllegalArgumentException when an id is none, or when two servers have the same */
    @DataBoundSetter
    public synchronized void setServers(@CheckForNull List<SlipwayServer> servers) {
        List<SlipwayServer> before = getServers();
        this.servers = SlipwayServer.withClearIds(servers);
        health.reconfigured(whatTheySay(before), whatTheySay(this.servers));
        save();
    }

    /** Whether a folder may name an address of its own, and so decide where credentials are sent. */
    public synchronized boolean isFolderUrlsAllowed() {
        return folderUrlsAllowed;
    }

    @DataBoundSetter
    public synchronized void setFolderUrlsAllowed(boolean folderUrlsAllowed) {
        this.folderUrlsAllowed = folderUrlsAllowed;
        save();
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.SlipwayGlobalConfiguration_displayName();
    }

    /** A form without any row does not mention the list at all, so what is there is dropped first. */
    @Override
    public synchronized boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        List<SlipwayServer> before = getServers();
        servers = new ArrayList<>();
        try {
            req.bindJSON(this, json);
        } catch (RuntimeException e) {
            servers = new ArrayList<>(before);
            save();
            throw new FormException(reason(e), e, "servers");
        }
        health.reconfigured(whatTheySay(before), whatTheySay(getServers()));
        save();
        return true;
    }

    /** What a setter said when it refused a form's value. */
    @NonNull
    public static String reason(@NonNull Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    /** The outermost level of {@link ConfiguredServers}. */
    @NonNull
    ServerLevel level() {
        return new ServerLevel("Jenkins", null, whatTheySay(getServers()));
    }

    private static List<ServerSettings> whatTheySay(List<SlipwayServer> servers) {
        return servers.stream().map(SlipwayServer::settings).toList();
    }

    @NonNull
    TokenCache tokens() {
        return tokens;
    }

    @NonNull
    ServerHealth health() {
        return health;
    }
}

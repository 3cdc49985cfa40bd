package io.jenkins.plugins.slipway.servers;

import dev.slipway.client.servers.ServerSettings;
import dev.slipway.client.servers.ServerUrl;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells administrators of the usual mistakes. Reads memory only, since every page of theirs asks. */
@Extension
@Restricted(NoExternalUse.class)
public final class SlipwayMonitor extends AdministrativeMonitor {
    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.SlipwayMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !getProblems().isEmpty();
    }

    /** One sentence each. */
    @NonNull
    public List<String> getProblems() {
        SlipwayGlobalConfiguration configuration = SlipwayGlobalConfiguration.get();
        return problems(configuration.level().servers(), configuration.health());
    }

    static List<String> problems(List<ServerSettings> servers, ServerHealth health) {
        List<String> problems = new ArrayList<>();
        if (servers.isEmpty() && health.wasMissed()) {
            problems.add(Messages.SlipwayMonitor_none());
        }
        for (ServerSettings server : servers) {
            String url = server.url();
            if (url == null || ServerUrl.problem(url) != ServerUrl.Problem.NONE) {
                problems.add(Messages.SlipwayMonitor_url(server.id()));
            } else if (server.credentialsId() != null && ServerUrl.isReadableOnTheWay(url)) {
                problems.add(Messages.SlipwayMonitor_plain(server.id()));
            }
        }
        health.refusedForLong().forEach(id -> problems.add(Messages.SlipwayMonitor_refused(id)));
        return problems;
    }
}

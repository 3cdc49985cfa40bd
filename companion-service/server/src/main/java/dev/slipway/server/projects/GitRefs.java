package dev.slipway.server.projects;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.util.SystemReader;

/** Asks repositories for their branches and tags, and for nothing else. No git program is needed. */
final class GitRefs {
    private static final int MOST = 20_000;

    private final Duration patience;

    /** @param patience how long a server may be silent */
    GitRefs(Duration patience) {
        this.patience = patience;
        SystemReader.setInstance(new BareSystem(SystemReader.getInstance()));
    }

    record Refs(List<String> tags, List<String> branches) {}

    /** @throws IOException that says why the repository could not be read */
    Refs read(String cloneUrl) throws IOException {
        try {
            Map<String, Ref> refs = Git.lsRemoteRepository()
                    .setRemote(cloneUrl)
                    .setHeads(true)
                    .setTags(true)
                    .setTimeout((int) Math.max(1, patience.toSeconds()))
                    .callAsMap();
            return new Refs(below(Constants.R_TAGS, refs), below(Constants.R_HEADS, refs));
        } catch (GitAPIException | RuntimeException e) {
            // of servers that it does not understand the library makes whatever exception comes of it
            throw new IOException(cloneUrl + " could not be read: " + e.getMessage(), e);
        }
    }

    private static List<String> below(String prefix, Map<String, Ref> refs) {
        return refs.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .sorted()
                .limit(MOST)
                .toList();
    }
}

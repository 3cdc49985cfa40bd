package dev.slipway.client.servers;

import dev.slipway.client.servers.ChosenServer.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the companion of a caller from what the folders around it and the administrator say. A folder may refine an
 * entry of a level above it; whether it may also name an address is the administrator's decision, since whoever chooses
 * the address receives the credentials. For the same reason a new address never inherits credentials.
 */
public final class ServerChoice {
    private final ServerLevel global;
    private final boolean foldersMayNameUrls;

    /** @param global what the administrator configured */
    public ServerChoice(ServerLevel global, boolean foldersMayNameUrls) {
        this.global = global;
        this.foldersMayNameUrls = foldersMayNameUrls;
    }

    /**
     * @param wanted the id that the caller asks for, or null for the default
     * @param folders the levels around the caller, nearest first
     */
    public ChosenServer choose(@Nullable String wanted, List<ServerLevel> folders) throws NoServerException {
        String id = wanted != null ? wanted : defaultId(folders);
        ChosenServer chosen = refine(null, global, id, true);
        List<ServerLevel> fromOutside = new ArrayList<>(folders);
        Collections.reverse(fromOutside);
        for (ServerLevel folder : fromOutside) {
            chosen = refine(chosen, folder, id, false);
        }
        if (chosen == null) {
            throw new NoServerException(
                    "no Slipway server has the id " + id + "; configured are: " + known(folders),
                    known(folders).isEmpty());
        }
        return chosen;
    }

    private String defaultId(List<ServerLevel> folders) throws NoServerException {
        for (ServerLevel folder : folders) {
            if (folder.defaultServer() != null) {
                return folder.defaultServer();
            }
        }
        if (global.defaultServer() != null) {
            return global.defaultServer();
        }
        List<String> known = known(folders);
        if (known.isEmpty()) {
            throw new NoServerException(
                    "no Slipway server is configured; the administrator adds one under Manage Jenkins, System, Slipway",
                    true);
        }
        return known.get(0);
    }

    private List<String> known(List<ServerLevel> folders) {
        List<String> known = new ArrayList<>();
        global.servers().forEach(s -> known.add(s.id()));
        folders.forEach(f -> f.servers().forEach(s -> known.add(s.id())));
        return known.stream().distinct().toList();
    }

    private @Nullable ChosenServer refine(
            @Nullable ChosenServer above, ServerLevel level, String id, boolean administrator)
            throws NoServerException {
        ServerSettings entry = level.find(id);
        if (entry == null) {
            return above;
        }
        HttpUrl url = address(entry, level);
        boolean moved = url != null && (above == null || !url.equals(trimmed(above.url())));
        if (moved && !administrator && !foldersMayNameUrls) {
            throw new NoServerException(
                    level.name() + " names an address of its own for the Slipway server " + id
                            + ", which the administrator does not allow to folders; leave the address empty there",
                    false);
        }
        if (url == null && above == null) {
            throw new NoServerException(
                    level.name() + " refines the Slipway server " + id + ", but no level above it says where that is",
                    false);
        }
        ChosenServer base = moved ? null : above;
        return new ChosenServer(
                id,
                url == null && above != null ? above.url() : String.valueOf(url),
                reference(entry.credentialsId(), administrator, base == null ? null : base.credentials()),
                reference(entry.caCredentialsId(), administrator, base == null ? null : base.authority()),
                patience(entry.patience(), above));
    }

    private static @Nullable Reference reference(@Nullable String id, boolean global, @Nullable Reference above) {
        return id == null ? above : new Reference(id, global);
    }

    private static Duration patience(@Nullable Duration own, @Nullable ChosenServer above) {
        if (own != null) {
            return own;
        }
        return above == null ? ChosenServer.DEFAULT_PATIENCE : above.patience();
    }

    private static @Nullable HttpUrl address(ServerSettings entry, ServerLevel level) throws NoServerException {
        String url = entry.url();
        if (url == null) {
            return null;
        }
        if (ServerUrl.problem(url) != ServerUrl.Problem.NONE) {
            throw new NoServerException(
                    level.name() + " gives the Slipway server " + entry.id()
                            + " an address that is no plain http or https address",
                    false);
        }
        return trimmed(url);
    }

    private static HttpUrl trimmed(String url) {
        return HttpUrl.get(ServerUrl.trimmed(url));
    }
}

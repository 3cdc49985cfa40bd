package dev.slipway.server.projects;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where catalogues come from, as an operator says it: {@code alma=/srv/git
 * alma/modularity=https://git.example/api/v1/orgs/modules/repos}. A folder holds repositories; an http or https address
 * answers a list of them.
 */
public final class CatalogueSources {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}(/[a-z0-9][a-z0-9._-]{0,99})?");

    private final Map<String, String> sources;

    private CatalogueSources(Map<String, String> sources) {
        this.sources = sources;
    }

    /** @throws IllegalArgumentException that says what is wrong */
    public static CatalogueSources parse(String setting) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String entry : setting.strip().split("[\\s,]+")) {
            if (!entry.isEmpty()) {
                add(entry, sources);
            }
        }
        return new CatalogueSources(sources);
    }

    private static void add(String entry, Map<String, String> sources) {
        int equals = entry.indexOf('=');
        String name = equals < 0 ? "" : entry.substring(0, equals);
        String source = entry.substring(equals + 1);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + entry
                    + "' is no catalogue: write name=folder or name=address, the name as in alma or alma/modularity");
        }
        if (!isFolder(source) && !isWebAddress(source)) {
            throw new IllegalArgumentException(
                    "the catalogue " + name + " is kept from an absolute folder, or from an http or"
                            + " https address without a password, not from '" + source + "'");
        }
        if (sources.putIfAbsent(name, source) != null) {
            throw new IllegalArgumentException("the catalogue " + name + " is there twice");
        }
    }

    static boolean isFolder(String source) {
        return source.startsWith("/") && Path.of(source).isAbsolute();
    }

    private static boolean isWebAddress(String source) {
        try {
            URI uri = new URI(source);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The sources by catalogue. */
    Map<String, String> byName() {
        return sources;
    }
}

package dev.slipway.cli;

import dev.slipway.api.builds.BuildRequest;
import java.nio.file.Files;
import java.nio.file.Path;

/** A source as it is typed: an address, and after the last {@code @} behind its last slash a branch, tag or commit. */
final class SourceArgument {
    private SourceArgument() {}

    /** @throws CliException when it is neither an address nor a folder that exists */
    static BuildRequest.SourceRequest parse(String typed) {
        int at = typed.lastIndexOf('@');
        boolean hasRef = at > Math.max(typed.lastIndexOf('/'), typed.indexOf("://") + 2);
        String url = hasRef ? typed.substring(0, at) : typed;
        String ref = hasRef ? typed.substring(at + 1) : null;
        if (url.isBlank() || (ref != null && ref.isBlank())) {
            throw new CliException(ExitCode.USAGE, "not a source: '" + typed + "'; give URL or URL@REF");
        }
        return new BuildRequest.SourceRequest(address(url), ref, null, null, null, null, null, null);
    }

    private static String address(String url) {
        if (url.contains("://")) {
            return url;
        }
        Path folder = Path.of(url).toAbsolutePath().normalize();
        if (!Files.exists(folder)) {
            throw new CliException(ExitCode.USAGE, "neither an address nor a folder on this machine: '" + url + "'");
        }
        return folder.toUri().toString().replaceFirst("^file:/+", "file:///").replaceFirst("/$", "");
    }
}

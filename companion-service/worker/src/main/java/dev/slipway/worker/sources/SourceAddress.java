package dev.slipway.worker.sources;

import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.JobFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds addresses and refs to what can't be mistaken for anything else: no transport that runs programs ({@code ext::}), no
 * option in the place of an argument, no password where other users of the machine could read it.
 */
final class SourceAddress {
    private static final Set<String> REPOSITORY_SCHEMES = Set.of("https", "http", "ssh");
    private static final Set<String> FILE_SCHEMES = Set.of("https", "http");
    private static final Pattern REF = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+@/#,=-]{0,249}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private SourceAddress() {}

    /** @throws JobFailure in one line that names the address */
    static URI repository(String url, boolean local) {
        return check(url, local, REPOSITORY_SCHEMES, "a Git repository");
    }

    /** @throws JobFailure in one line that names the address */
    static URI sourcePackage(String url, boolean local) {
        URI uri = check(url, local, FILE_SCHEMES, "a source package");
        if (!uri.getPath().endsWith(".src.rpm")) {
            throw refused(url + " is not the address of a .src.rpm");
        }
        return uri;
    }

    static void ref(@Nullable String ref) {
        if (ref != null && (!REF.matcher(ref).matches() || ref.contains("..") || ref.contains("@{"))) {
            throw refused("\"" + printable(ref) + "\" is not the name of a branch, tag or commit");
        }
    }

    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    private static URI check(String url, boolean local, Set<String> schemes, String what) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw refused("\"" + printable(url) + "\" is not the address of " + what);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals("file")) {
            if (!local) {
                throw refused("this worker takes no sources from its own disk: " + url);
            }
            if (uri.getPath() == null || !uri.getPath().startsWith("/") || uri.getAuthority() != null) {
                throw refused("\"" + printable(url) + "\" is not the address of " + what);
            }
            return uri;
        }
        if (!schemes.contains(scheme)) {
            throw refused("the address of " + what + " starts with "
                    + String.join(":// or ", schemes.stream().sorted().toList()) + "://, unlike " + printable(url));
        }
        String host = uri.getHost();
        if (host == null
                || host.startsWith("-")
                || uri.getPath() == null
                || uri.getPath().isEmpty()) {
            throw refused("\"" + printable(url) + "\" is not the address of " + what);
        }
        String user = uri.getUserInfo();
        if (user != null && (user.contains(":") || user.startsWith("-") || !scheme.equals("ssh"))) {
            throw refused("addresses may hold no credentials; give the worker's user its own (" + scheme + "://" + host
                    + uri.getPath() + ")");
        }
        return uri;
    }

    static JobFailure refused(String message) {
        return JobFailure.failed(Code.SOURCE_UNAVAILABLE, message);
    }

    private static String printable(String text) {
        String shown = text.replaceAll("\\p{Cntrl}", "?");
        return shown.length() <= 200 ? shown : shown.substring(0, 200) + "…";
    }
}

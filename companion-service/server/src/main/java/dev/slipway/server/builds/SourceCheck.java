package dev.slipway.server.builds;

import dev.slipway.api.builds.BuildOptions;
import dev.slipway.api.builds.BuildRequest.SourceRequest;
import dev.slipway.api.builds.RefType;
import dev.slipway.api.builds.TestScript;
import dev.slipway.server.http.Violations;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** What a source and its options must fulfil: they end up in the command lines of git, rpmbuild and dpkg-buildpackage. */
final class SourceCheck {
    private static final Set<String> SCHEMES = Set.of("https", "http", "ssh", "git", "file");
    /** {@code user@host:path}, as ssh and git take it. */
    private static final Pattern SCP = Pattern.compile("[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[^\\s-][^\\s]*");
    /** Stricter than git-check-ref-format(1): no character that means something to a shell or to git's revisions. */
    private static final Pattern REF = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+/~%#=@-]{0,249}");

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");
    private static final Pattern MACRO = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final Pattern CONDITION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}");
    private static final Pattern SCRIPT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_VALUE = 2_000;
    private static final int LONGEST_SCRIPT = 256 << 10;
    private static final int MOST_OPTIONS = 200;
    private static final int MOST_SCRIPTS = 50;

    private SourceCheck() {}

    static void source(SourceRequest source, boolean forDeb, String pointer, Violations violations) {
        url(source.url(), pointer + "/url", violations);
        String ref = source.gitRef();
        violations.check(
                ref == null || REF.matcher(ref).matches() && !ref.contains("..") && !ref.contains("@{"),
                pointer + "/git_ref",
                "is not the name of a branch, tag or commit");
        String commit = source.gitCommitHash();
        violations.check(
                commit == null || COMMIT.matcher(commit).matches(),
                pointer + "/git_commit_hash",
                "has 40 or 64 lower-case hexadecimal digits");
        violations.check(
                source.refType() != RefType.SRPM_URL || !forDeb,
                pointer + "/ref_type",
                "is srpm_url: a source RPM cannot be built for a deb platform");
        if (source.options() != null) {
            options(source.options(), pointer + "/options", violations);
        }
        scripts(Objects.requireNonNullElse(source.testScripts(), List.of()), pointer + "/test_scripts", violations);
    }

    private static void url(String url, String pointer, Violations violations) {
        boolean plain = url.length() <= LONGEST_URL
                && url.codePoints().noneMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c));
        boolean known = plain && (SCP.matcher(url).matches() || isUrl(url));
        violations.check(
                known,
                pointer,
                "is a URL with https, http, ssh, git or file, or user@host:path; not '" + shown(url) + "'");
        violations.check(
                !known || !hasPassword(url),
                pointer,
                "holds a password: give the worker credentials for the host instead");
    }

    private static boolean isUrl(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme();
            boolean addressed = "file".equals(scheme) ? uri.getPath() != null : uri.getHost() != null;
            boolean option = uri.getHost() != null && uri.getHost().startsWith("-");
            return scheme != null && SCHEMES.contains(scheme) && addressed && !option;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean hasPassword(String url) {
        try {
            String user = new URI(url).getUserInfo();
            return user != null && user.contains(":");
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String shown(String url) {
        String clean = url.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 100 ? clean : clean.substring(0, 100) + "…";
    }

    static void options(BuildOptions options, String pointer, Violations violations) {
        for (Map.Entry<String, String> macro : options.definitions().entrySet()) {
            violations.check(
                    MACRO.matcher(macro.getKey()).matches(),
                    pointer + "/definitions",
                    "'" + shown(macro.getKey()) + "' is not the name of a macro");
            String value = Objects.requireNonNullElse(macro.getValue(), "");
            violations.check(
                    value.length() <= LONGEST_VALUE && value.codePoints().noneMatch(Character::isISOControl),
                    pointer + "/definitions/" + shown(macro.getKey()),
                    "is one line of at most " + LONGEST_VALUE + " characters");
        }
        conditions(options.with(), pointer + "/with", violations);
        conditions(options.without(), pointer + "/without", violations);
        violations.check(
                options.definitions().size()
                                + options.with().size()
                                + options.without().size()
                        <= MOST_OPTIONS,
                pointer,
                "are more than " + MOST_OPTIONS);
    }

    private static void conditions(List<String> names, String pointer, Violations violations) {
        for (String name : names) {
            violations.check(
                    CONDITION.matcher(name).matches(), pointer, "'" + shown(name) + "' is not a condition's name");
        }
    }

    private static void scripts(List<TestScript> scripts, String pointer, Violations violations) {
        Set<String> names = new HashSet<>();
        violations.check(scripts.size() <= MOST_SCRIPTS, pointer, "are more than " + MOST_SCRIPTS);
        for (TestScript script : scripts) {
            violations.check(
                    SCRIPT.matcher(script.name()).matches(),
                    pointer,
                    "'" + shown(script.name()) + "' is not a file name");
            violations.check(names.add(script.name()), pointer, "has " + shown(script.name()) + " twice");
            violations.check(script.content().length() <= LONGEST_SCRIPT, pointer, "has a script larger than 256 KiB");
        }
    }
}

package dev.slipway.server.channels;

import dev.slipway.api.problems.ProblemError;
import dev.slipway.api.repositories.RepositoryRequest;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.publications.PublicationOptions;
import dev.slipway.server.repositories.NewRepository;
import dev.slipway.server.repositories.RepositoryKind;
import dev.slipway.server.repositories.RepositoryOptions;
import dev.slipway.server.repositories.RepositoryType;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Turns what callers ask for into repositories that can be made. */
final class RepositoryRequests {

    private static final Pattern ARCHES = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}(,[a-z0-9][a-z0-9_-]{0,31}){0,19}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");
    private static final int LONGEST_NAME = 200;

    /** First parts of channel paths that the service itself gives out. */
    private static final Set<String> TAKEN = Set.of("builds", "composes");

    private RepositoryRequests() {}

    static NewRepository of(RepositoryRequest request, StatelessSession session) {
        RepositoryType type = type(request.type());
        if (request.name().isBlank()
                || request.name().length() > LONGEST_NAME
                || request.name().chars().anyMatch(Character::isISOControl)) {
            throw wrong("/name", "has 1 to " + LONGEST_NAME + " characters on one line");
        }
        if (!ARCHES.matcher(request.arch()).matches()
                || (type == RepositoryType.RPM && request.arch().contains(","))) {
            throw wrong("/arch", "is one architecture, or for deb several joined by commas");
        }
        boolean remote = request.url() != null;
        if (remote) {
            checkUrl(request.url());
        }
        return new NewRepository(
                request.name(),
                request.arch(),
                type,
                Boolean.TRUE.equals(request.debug()),
                remote ? RepositoryKind.REMOTE : RepositoryKind.HOSTED,
                Boolean.TRUE.equals(request.production()),
                request.url(),
                idOf("platform", "name", request.platform(), session),
                null,
                null,
                remote || request.signKey() == null
                        ? null
                        : idOf("sign_key", "keyid", request.signKey().toUpperCase(Locale.ROOT), session),
                options(request, type, remote));
    }

    /** Where a hosted repository is served when the request does not say. */
    static String channelPath(RepositoryRequest request) {
        String debug = Boolean.TRUE.equals(request.debug()) ? "-debug" : "";
        String path = request.channel();
        if (path == null) {
            String name = ChannelPath.segment(request.name());
            path = request.type().equals("rpm") ? name + "/" + request.arch() + debug : name + debug;
        }
        if (TAKEN.contains(path.split("/", 2)[0])) {
            throw wrong("/channel", "must not begin with builds or composes");
        }
        return path;
    }

    private static RepositoryOptions options(RepositoryRequest request, RepositoryType type, boolean remote) {
        String compression = request.compression();
        if (compression != null
                && !Set.of(PublicationOptions.GZIP, PublicationOptions.ZSTD).contains(compression)) {
            throw wrong("/compression", "is gzip or zstd");
        }
        if (type == RepositoryType.RPM) {
            return new RepositoryOptions(
                    null, null, null, request.priority(), request.signedBy(), request.trusted(), compression);
        }
        String suite = request.suite() == null ? RepositoryOptions.DEFAULT_SUITE : request.suite();
        List<String> components =
                request.components() == null ? List.of(RepositoryOptions.DEFAULT_COMPONENT) : request.components();
        if (!remote && (!WORD.matcher(suite).matches() || components.size() != 1)) {
            throw wrong("/components", "and suite are one word each for a repository that is hosted here");
        }
        if (components.isEmpty()
                || components.stream().anyMatch(c -> !WORD.matcher(c).matches())) {
            throw wrong("/components", "are words");
        }
        return new RepositoryOptions(
                suite,
                components,
                remote ? null : List.of(request.arch().split(",")),
                request.priority(),
                request.signedBy(),
                request.trusted(),
                compression);
    }

    private static RepositoryType type(String word) {
        return switch (word) {
            case "rpm" -> RepositoryType.RPM;
            case "deb" -> RepositoryType.DEB;
            default -> throw wrong("/type", "is rpm or deb");
        };
    }

    private static void checkUrl(@Nullable String url) {
        try {
            URI uri = URI.create(String.valueOf(url));
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
                throw wrong("/url", "is an http or https address without a user name or password");
            }
        } catch (IllegalArgumentException e) {
            throw wrong("/url", "is not an address");
        }
    }

    private static @Nullable Long idOf(String table, String column, @Nullable String value, StatelessSession session) {
        if (value == null) {
            return null;
        }
        return Sql.one(session, "select id from " + table + " where " + column + " = ?", row -> row.number("id"), value)
                .orElseThrow(
                        () -> ProblemException.unprocessable("there is no " + table.replace('_', ' ') + " " + value));
    }

    private static ProblemException wrong(String pointer, String rule) {
        return ProblemException.unprocessable(pointer.substring(1) + " " + rule, new ProblemError(pointer, rule));
    }
}

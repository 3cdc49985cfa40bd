package dev.slipway.server.platforms;

import dev.slipway.api.platforms.PlatformRepository;
import dev.slipway.api.platforms.PlatformRequest;
import dev.slipway.api.problems.ProblemError;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.Violations;
import dev.slipway.server.workers.Slots;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a platform must fulfil. */
final class PlatformCheck {
    private static final Pattern ARCH = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
    private static final Set<String> FORMATS = Set.of("rpm", "deb");
    private static final Set<String> SCHEMES = Set.of("http", "https", "file");
    private static final Set<String> TESTS = Set.of("auto", "manual", "none");
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TIMEOUT = 7 * 24 * 3600;

    private PlatformCheck() {}

    /** Refuses a new platform that lacks something (400). */
    static void complete(PlatformRequest request) {
        List<ProblemError> missing = new ArrayList<>();
        require(request.type(), "/type", missing);
        require(request.distrType(), "/distr_type", missing);
        require(request.distrVersion(), "/distr_version", missing);
        require(request.testDistName(), "/test_dist_name", missing);
        require(request.archList(), "/arch_list", missing);
        require(request.data(), "/data", missing);
        if (!missing.isEmpty()) {
            throw ProblemException.badRequest("a new platform also needs "
                            + String.join(
                                    ", ",
                                    missing.stream().map(ProblemError::pointer).toList()))
                    .errors(missing);
        }
    }

    private static void require(@Nullable Object value, String pointer, List<ProblemError> missing) {
        if (value == null) {
            missing.add(new ProblemError(pointer, "is required"));
        }
    }

    /** Refuses values that can be no platform's (422). Only what is given is looked at. */
    static void values(PlatformRequest request, @Nullable String type) {
        Violations violations = new Violations();
        violations.check(isName(request.name()), "/name", "has 1 to 200 characters, none of them a control character");
        violations.check(type == null || FORMATS.contains(type), "/type", "is rpm or deb");
        for (String text : texts(request)) {
            violations.check(isName(text), "/distr_type", "and its companions have 1 to 200 characters");
        }
        if (request.archList() != null) {
            arches(request.archList(), type, violations);
        }
        if (request.data() != null) {
            data(request.data(), violations);
        }
        if (request.repos() != null) {
            for (int i = 0; i < request.repos().size(); i++) {
                repository(request.repos().get(i), type, "/repos/" + i, violations);
            }
        }
        violations.throwIfAny();
    }

    private static List<String> texts(PlatformRequest request) {
        List<String> texts = new ArrayList<>();
        for (String text :
                new @Nullable String[] {request.distrType(), request.distrVersion(), request.testDistName()}) {
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST_NAME
                && text.codePoints().noneMatch(Character::isISOControl);
    }

    private static void arches(List<String> arches, @Nullable String type, Violations violations) {
        violations.check(!arches.isEmpty(), "/arch_list", "names at least one architecture");
        violations.check(new HashSet<>(arches).size() == arches.size(), "/arch_list", "names an architecture twice");
        for (String arch : arches) {
            violations.check(
                    ARCH.matcher(arch).matches() && !arch.equals(Slots.SOURCE),
                    "/arch_list",
                    "'" + arch + "' is not an architecture");
            violations.check(
                    type == null || Slots.mayBe(type, arch),
                    "/arch_list",
                    "'" + arch + "' is not an architecture of " + type + " packages");
        }
    }

    private static void data(Map<String, Object> data, Violations violations) {
        Object timeout = data.get("timeout");
        violations.check(
                timeout == null || timeout instanceof Integer seconds && seconds > 0 && seconds <= LONGEST_TIMEOUT,
                "/data/timeout",
                "is a number of seconds, at most " + LONGEST_TIMEOUT);
        Object tests = data.get("tests");
        violations.check(
                tests == null || tests instanceof String word && TESTS.contains(word),
                "/data/tests",
                "is one of auto, manual, none");
        flag(data, "tests_required", violations);
        flag(data, "sign_required", violations);
        texts(data, "copy_priority_arches", "is a list of architectures, the most trusted first", violations);
        texts(data, "multilib", "is a list of patterns of package names", violations);
        Object weak = data.get("weak_arch_list");
        violations.check(
                weak == null || (weak instanceof List<?> list && list.stream().allMatch(PlatformCheck::isWeakArch)),
                "/data/weak_arch_list",
                "is a list of architectures, each a text or an object of name and depends_on");
    }

    private static void flag(Map<String, Object> data, String member, Violations violations) {
        Object value = data.get(member);
        violations.check(value == null || value instanceof Boolean, "/data/" + member, "is true or false");
    }

    private static void texts(Map<String, Object> data, String member, String is, Violations violations) {
        Object value = data.get(member);
        boolean good =
                value == null || (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance));
        violations.check(good, "/data/" + member, is);
    }

    private static boolean isWeakArch(@Nullable Object entry) {
        return entry instanceof String
                || (entry instanceof Map<?, ?> object
                        && (object.get("name") instanceof String || object.get("arch") instanceof String)
                        && (object.get("depends_on") == null || object.get("depends_on") instanceof String));
    }

    private static void repository(
            PlatformRepository repository, @Nullable String type, String pointer, Violations violations) {
        violations.check(isName(repository.name()), pointer + "/name", "has 1 to 200 characters");
        violations.check(
                ARCH.matcher(repository.arch()).matches() || repository.arch().contains(","),
                pointer + "/arch",
                "is an architecture, src, or several joined by commas");
        violations.check(
                FORMATS.contains(repository.type()) && (type == null || type.equals(repository.type())),
                pointer + "/type",
                "is the platform's type");
        violations.check(
                repository.url().isEmpty() || isUrl(repository.url()),
                pointer + "/url",
                "is an http, https or file URL, or empty for a repository of this service");
        violations.check(
                !repository.type().equals("deb") || repository.url().isEmpty() || repository.suite() != null,
                pointer + "/suite",
                "is needed for a deb repository: the name below dists/");
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text.replace('$', '_'));
            return uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme())
                    && (uri.getScheme().equals("file") || uri.getHost() != null)
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}

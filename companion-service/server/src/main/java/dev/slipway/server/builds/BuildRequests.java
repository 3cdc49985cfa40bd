package dev.slipway.server.builds;

import dev.slipway.api.builds.BuildOptions;
import dev.slipway.api.builds.BuildRequest;
import dev.slipway.api.builds.BuildRequest.PlatformChoice;
import dev.slipway.api.builds.BuildRequest.SourceRequest;
import dev.slipway.api.builds.RefType;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Violations;
import dev.slipway.server.platforms.PlatformRow;
import dev.slipway.server.platforms.Platforms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Checks requests for builds and fills in what they leave out. All faults of a request are named at once (422). */
final class BuildRequests {
    private static final int MOST_SOURCES = 500;
    private static final int MOST_TASKS = 5_000;
    private static final int FARTHEST_PRIORITY = 100;
    private static final int MOST_BATCHES = 1_000;

    private final Platforms platforms;

    BuildRequests(Platforms platforms) {
        this.platforms = platforms;
    }

    BuildOrder check(BuildRequest request, StatelessSession session) {
        Violations violations = new Violations();
        String mode = Objects.requireNonNullElse(request.mode(), "chained");
        violations.check(Set.of("chained", "independent").contains(mode), "/mode", "is chained or independent");
        int priority = Objects.requireNonNullElse(request.priority(), 0);
        violations.check(
                Math.abs(priority) <= FARTHEST_PRIORITY,
                "/priority",
                "is between -" + FARTHEST_PRIORITY + " and " + FARTHEST_PRIORITY);
        BuildOptions options = Objects.requireNonNullElse(request.options(), BuildOptions.NONE);
        SourceCheck.options(options, "/options", violations);
        List<BuildOrder.Target> targets = targets(request.platforms(), mode, violations, session);
        List<BuildOrder.Source> sources = sources(request.tasks(), targets, violations);
        List<Long> linked = linked(request.linkedBuilds(), violations, session);
        int tasks = sources.size()
                * targets.stream()
                        .mapToInt(target -> target.arches().size() + 1)
                        .sum();
        violations.check(tasks <= MOST_TASKS, "/tasks", "make " + tasks + " tasks, more than " + MOST_TASKS);
        violations.throwIfAny();
        return new BuildOrder(
                targets,
                sources,
                linked,
                mode.equals("chained"),
                priority,
                options,
                Boolean.TRUE.equals(request.cancelTesting()));
    }

    private List<BuildOrder.Target> targets(
            List<PlatformChoice> choices, String mode, Violations violations, StatelessSession session) {
        violations.check(!choices.isEmpty(), "/platforms", "names at least one platform");
        Map<String, PlatformRow> known =
                platforms.named(choices.stream().map(PlatformChoice::name).toList(), session).stream()
                        .collect(Collectors.toMap(PlatformRow::name, Function.identity()));
        List<BuildOrder.Target> targets = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < choices.size(); i++) {
            PlatformChoice choice = choices.get(i);
            String pointer = "/platforms/" + i;
            violations.check(seen.add(choice.name()), pointer + "/name", "is there twice: " + choice.name());
            PlatformRow platform = known.get(choice.name());
            if (platform == null) {
                violations.check(false, pointer + "/name", unknownPlatform(choice.name(), session));
            } else {
                List<String> arches = arches(choice, platform, pointer + "/arch_list", violations);
                boolean independent = mode.equals("independent") || Boolean.TRUE.equals(choice.independentTasks());
                targets.add(new BuildOrder.Target(platform, arches, independent));
            }
        }
        return targets;
    }

    private String unknownPlatform(String name, StatelessSession session) {
        List<String> names = platforms.names(session);
        return "there is no platform '" + name + "'"
                + (names.isEmpty() ? " and no other one either" : "; there are " + String.join(", ", names));
    }

    private static List<String> arches(
            PlatformChoice choice, PlatformRow platform, String pointer, Violations violations) {
        List<String> wanted = choice.archList();
        if (wanted == null) {
            return platform.archList();
        }
        violations.check(!wanted.isEmpty(), pointer, "names at least one architecture");
        for (String arch : wanted) {
            violations.check(
                    platform.archList().contains(arch),
                    pointer,
                    "'" + arch + "' is not an architecture of " + platform.name() + ", which has "
                            + String.join(", ", platform.archList()));
        }
        // the platform's order, which decides who makes the packages for all architectures
        return platform.archList().stream().filter(wanted::contains).toList();
    }

    private static List<BuildOrder.Source> sources(
            List<SourceRequest> requests, List<BuildOrder.Target> targets, Violations violations) {
        violations.check(!requests.isEmpty(), "/tasks", "names at least one source");
        violations.check(requests.size() <= MOST_SOURCES, "/tasks", "names more than " + MOST_SOURCES + " sources");
        boolean forDeb =
                targets.stream().anyMatch(target -> target.platform().type().equals("deb"));
        List<BuildOrder.Source> sources = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            SourceRequest request = requests.get(i);
            if (Boolean.FALSE.equals(request.enabled())) {
                continue;
            }
            String pointer = "/tasks/" + i;
            SourceCheck.source(request, forDeb, pointer, violations);
            int batch = Objects.requireNonNullElse(request.batch(), 0);
            violations.check(
                    batch >= 0 && batch <= MOST_BATCHES, pointer + "/batch", "is between 0 and " + MOST_BATCHES);
            sources.add(new BuildOrder.Source(
                    i,
                    batch,
                    request.url(),
                    request.gitRef(),
                    Objects.requireNonNullElse(request.refType(), RefType.ANY),
                    request.gitCommitHash(),
                    Objects.requireNonNullElse(request.options(), BuildOptions.NONE),
                    Objects.requireNonNullElse(request.testScripts(), List.of())));
        }
        violations.check(requests.isEmpty() || !sources.isEmpty(), "/tasks", "are all disabled");
        return sources;
    }

    private static List<Long> linked(@Nullable List<Long> wanted, Violations violations, StatelessSession session) {
        if (wanted == null || wanted.isEmpty()) {
            return List.of();
        }
        Set<Long> known = new HashSet<>(
                Sql.list(session, "select id from build where id = any(?)", row -> row.number("id"), wanted));
        for (int i = 0; i < wanted.size(); i++) {
            violations.check(
                    known.contains(wanted.get(i)), "/linked_builds/" + i, "there is no build " + wanted.get(i));
        }
        return wanted.stream().distinct().toList();
    }
}

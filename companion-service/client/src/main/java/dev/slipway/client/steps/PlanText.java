package dev.slipway.client.steps;

import dev.slipway.api.releases.PlannedPackage;
import dev.slipway.api.releases.PlannedTarget;
import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseCheck;
import dev.slipway.api.releases.RepositoryDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A release plan, its checks and its differences: for the console, and for pipelines. */
final class PlanText {
    private static final int MOST_LINES = 500;

    private PlanText() {}

    static void print(
            Release release, List<ReleaseCheck> checks, List<RepositoryDifference> differences, StepSession session) {
        session.print("Plan for " + release.platform() + " in " + release.distribution() + ", "
                + release.plan().packages().size() + " packages:");
        bounded(release.plan().packages().stream().map(PlanText::line).toList(), session);
        List<ReleaseCheck> findings =
                checks.stream().filter(check -> !check.state().equals("green")).toList();
        session.print(findings.isEmpty() ? "All checks are green" : "Checks that are not green:");
        bounded(findings.stream().map(PlanText::line).toList(), session);
        List<String> changes = differences.stream().flatMap(PlanText::lines).toList();
        session.print(changes.isEmpty() ? "Nothing would change" : "What would change:");
        bounded(changes, session);
    }

    /** A package whose identity comes and goes is one that is replaced, by other contents under the same version. */
    private static Stream<String> lines(RepositoryDifference change) {
        String where = " in " + name(change);
        Set<String> added = Set.copyOf(change.added());
        Set<String> removed = Set.copyOf(change.removed());
        return Stream.concat(
                change.added().stream()
                        .map(one -> removed.contains(one)
                                ? "  ~ " + one + where + " (replaced by other contents)"
                                : "  + " + one + where),
                change.removed().stream().filter(one -> !added.contains(one)).map(one -> "  - " + one + where));
    }

    private static void bounded(List<String> lines, StepSession session) {
        lines.stream().limit(MOST_LINES).forEach(session::print);
        if (lines.size() > MOST_LINES) {
            session.print("  and " + (lines.size() - MOST_LINES) + " more");
        }
    }

    private static String line(PlannedPackage one) {
        String where = one.excluded()
                ? "left out"
                : one.repositories().isEmpty()
                        ? "no place known"
                        : one.repositories().stream()
                                .map(t -> t.reason() == null ? t.name() : t.name() + " (" + t.reason() + ")")
                                .collect(Collectors.joining(", "));
        return "  " + one.pkg().nevra() + " -> " + where;
    }

    private static String line(ReleaseCheck check) {
        return "  " + check.state() + " " + check.check() + (check.nevra() == null ? "" : " " + check.nevra()) + ": "
                + check.message();
    }

    private static String name(RepositoryDifference change) {
        return change.repository().name() + "/" + change.repository().arch();
    }

    static Map<String, Object> result(
            Release release, List<ReleaseCheck> checks, List<RepositoryDifference> differences, @Nullable String url) {
        List<Map<String, Object>> plan = new ArrayList<>();
        for (PlannedPackage one : release.plan().packages()) {
            plan.add(Plain.map(
                    "package", one.pkg().nevra(),
                    "arch", one.pkg().arch(),
                    "source", one.pkg().source(),
                    "excluded", one.excluded(),
                    "repositories",
                            new ArrayList<>(one.repositories().stream()
                                    .map(PlannedTarget::name)
                                    .toList())));
        }
        List<Map<String, Object>> found = new ArrayList<>();
        for (ReleaseCheck check : checks) {
            found.add(Plain.map(
                    "check", check.check(),
                    "state", check.state(),
                    "package", check.nevra(),
                    "message", check.message()));
        }
        List<Map<String, Object>> changes = new ArrayList<>();
        for (RepositoryDifference change : differences) {
            changes.add(Plain.map(
                    "repository",
                    change.repository().name(),
                    "arch",
                    change.repository().arch(),
                    "added",
                    new ArrayList<>(change.added()),
                    "removed",
                    new ArrayList<>(change.removed())));
        }
        return Plain.map(
                "id",
                release.id() == 0 ? null : release.id(),
                "url",
                url,
                "state",
                release.statusName(),
                "platform",
                release.platform(),
                "distribution",
                release.distribution(),
                "planHash",
                release.planHash(),
                "blocked",
                checks.stream().anyMatch(check -> check.state().equals("red")),
                "plan",
                plan,
                "checks",
                found,
                "differences",
                changes);
    }
}

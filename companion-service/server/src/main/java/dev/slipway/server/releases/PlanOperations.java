package dev.slipway.server.releases;

import dev.slipway.api.releases.PlanOperation;
import dev.slipway.api.releases.PlanRepository;
import dev.slipway.api.releases.PlannedPackage;
import dev.slipway.api.releases.PlannedTarget;
import dev.slipway.api.releases.ReleasePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Edits of a plan. Pure: a plan and its edits give another plan, or one clear refusal. */
final class PlanOperations {
    static final String MOVE = "move";
    static final String ADD = "add-repository";
    static final String REMOVE = "remove-repository";
    static final String EXCLUDE = "exclude";
    static final String INCLUDE = "include";
    static final String FORCE = "force";
    static final String UNFORCE = "unforce";

    private static final int LONGEST_REASON = 500;

    private final Map<Long, PlannedPackage> packages;
    private final Map<Long, PlanRepository> repositories;
    private final String editor;

    private PlanOperations(ReleasePlan plan, String editor) {
        this.editor = editor;
        packages = plan.packages().stream()
                .collect(Collectors.toMap(p -> p.pkg().id(), Function.identity(), (a, b) -> a, LinkedHashMap::new));
        repositories = plan.repositories().stream().collect(Collectors.toMap(PlanRepository::id, Function.identity()));
    }

    /**
     * Applies operations in order, all or none.
     *
     * @param editor the name of who edits, kept as evidence
     * @throws PlanRefusedException naming the operation at fault
     */
    static ReleasePlan apply(ReleasePlan plan, List<PlanOperation> operations, String editor) {
        var edit = new PlanOperations(plan, editor);
        for (int i = 0; i < operations.size(); i++) {
            edit.apply(operations.get(i), "/operations/" + i);
        }
        return new ReleasePlan(List.copyOf(edit.packages.values()), plan.repositories(), plan.checks());
    }

    /**
     * The operations that bring a plan's placement, exclusions and forces to those of another.
     *
     * @throws PlanRefusedException when the other names content or repositories that are not the plan's own
     */
    static List<PlanOperation> difference(ReleasePlan plan, ReleasePlan wanted) {
        var stored = new PlanOperations(plan, "");
        var operations = new ArrayList<PlanOperation>();
        var seen = new HashMap<Long, PlannedPackage>();
        for (int i = 0; i < wanted.packages().size(); i++) {
            var entry = wanted.packages().get(i);
            var pointer = "/plan/packages/" + i;
            var before = stored.entry(entry.pkg().id(), pointer + "/package/id");
            if (!before.pkg().sha256().equals(entry.pkg().sha256())
                    || !before.pkg().nevra().equals(entry.pkg().nevra())) {
                throw new PlanRefusedException(
                        pointer + "/package",
                        "package " + entry.pkg().id() + " of this release is "
                                + before.pkg().nevra() + ", not what the plan says");
            }
            if (seen.put(entry.pkg().id(), entry) != null) {
                throw new PlanRefusedException(pointer, before.pkg().nevra() + " is in the plan twice");
            }
            stored.difference(before, entry, pointer, operations);
        }
        for (var before : plan.packages()) {
            if (!seen.containsKey(before.pkg().id()) && !before.excluded()) {
                operations.add(operation(EXCLUDE, before, null, null));
            }
        }
        return operations;
    }

    private void difference(
            PlannedPackage before, PlannedPackage after, String pointer, List<PlanOperation> operations) {
        for (int i = 0; i < after.repositories().size(); i++) {
            var target = after.repositories().get(i);
            var known = repository(target.id(), pointer + "/repositories/" + i + "/id");
            if (!known.name().equals(target.name()) || !known.arch().equals(target.arch())) {
                throw new PlanRefusedException(
                        pointer + "/repositories/" + i,
                        "repository " + target.id() + " is " + known.name() + " (" + known.arch()
                                + "), not what the plan says");
            }
            if (!has(before, target.id())) {
                operations.add(operation(ADD, before, target.id(), null));
            }
        }
        for (var target : before.repositories()) {
            if (!has(after, target.id())) {
                operations.add(operation(REMOVE, before, target.id(), null));
            }
        }
        if (before.excluded() != after.excluded()) {
            operations.add(operation(after.excluded() ? EXCLUDE : INCLUDE, before, null, null));
        }
        if (!Objects.equals(before.force(), after.force())) {
            operations.add(operation(after.force() == null ? UNFORCE : FORCE, before, null, after.force()));
        }
    }

    private static PlanOperation operation(
            String op, PlannedPackage about, @Nullable Long repository, @Nullable String reason) {
        return new PlanOperation(op, about.pkg().id(), repository, null, reason);
    }

    private void apply(PlanOperation operation, String pointer) {
        var entry = entry(operation.packageId(), pointer + "/package_id");
        var changed = switch (operation.op()) {
            case MOVE -> {
                var from = operation.fromRepositoryId();
                var kept = from == null ? with(entry, List.of()) : without(entry, from, pointer);
                yield plus(kept, operation, pointer);
            }
            case ADD -> plus(entry, operation, pointer);
            case REMOVE -> without(entry, needed(operation.repositoryId(), pointer), pointer);
            case EXCLUDE -> new PlannedPackage(entry.pkg(), entry.repositories(), true, entry.force(), true);
            case INCLUDE -> new PlannedPackage(entry.pkg(), entry.repositories(), false, entry.force(), true);
            case FORCE ->
                new PlannedPackage(
                        entry.pkg(), entry.repositories(), entry.excluded(), reason(operation, pointer), true);
            case UNFORCE -> new PlannedPackage(entry.pkg(), entry.repositories(), entry.excluded(), null, true);
            default ->
                throw new PlanRefusedException(
                        pointer + "/op",
                        "'" + operation.op() + "' is no operation; use " + MOVE + ", " + ADD + ", " + REMOVE + ", "
                                + EXCLUDE + ", " + INCLUDE + ", " + FORCE + " or " + UNFORCE);
        };
        packages.put(operation.packageId(), changed);
    }

    private PlannedPackage plus(PlannedPackage entry, PlanOperation operation, String pointer) {
        var repository = repository(needed(operation.repositoryId(), pointer), pointer + "/repository_id");
        if (has(entry, repository.id())) {
            return entry;
        }
        var targets = new ArrayList<>(entry.repositories());
        var reason = operation.reason();
        targets.add(new PlannedTarget(
                repository.id(),
                repository.name(),
                repository.arch(),
                repository.debug(),
                "operation",
                1,
                reason == null ? "chosen by " + editor : "chosen by " + editor + ": " + bounded(reason, pointer)));
        return with(entry, targets);
    }

    private PlannedPackage without(PlannedPackage entry, long repositoryId, String pointer) {
        if (!has(entry, repositoryId)) {
            throw new PlanRefusedException(
                    pointer, entry.pkg().nevra() + " does not go to repository " + repositoryId + " in this plan");
        }
        return with(
                entry,
                entry.repositories().stream()
                        .filter(t -> t.id() != repositoryId)
                        .toList());
    }

    private static PlannedPackage with(PlannedPackage entry, List<PlannedTarget> targets) {
        return new PlannedPackage(entry.pkg(), targets, entry.excluded(), entry.force(), true);
    }

    private static String reason(PlanOperation operation, String pointer) {
        var reason = operation.reason();
        if (reason == null || reason.isBlank()) {
            throw new PlanRefusedException(pointer + "/reason", "to force a package, say why: the reason is kept");
        }
        return bounded(reason, pointer);
    }

    private static String bounded(String reason, String pointer) {
        if (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            throw new PlanRefusedException(
                    pointer + "/reason", "a reason is one line of at most " + LONGEST_REASON + " characters");
        }
        return reason.strip();
    }

    private static boolean has(PlannedPackage entry, long repositoryId) {
        return entry.repositories().stream().anyMatch(t -> t.id() == repositoryId);
    }

    private PlannedPackage entry(long packageId, String pointer) {
        var entry = packages.get(packageId);
        if (entry == null) {
            throw new PlanRefusedException(pointer, "package " + packageId + " is not one of this release's builds");
        }
        return entry;
    }

    private PlanRepository repository(long id, String pointer) {
        var repository = repositories.get(id);
        if (repository == null) {
            throw new PlanRefusedException(
                    pointer, "repository " + id + " is not one of this release's distribution and platform");
        }
        return repository;
    }

    private static long needed(@Nullable Long repositoryId, String pointer) {
        if (repositoryId == null) {
            throw new PlanRefusedException(pointer + "/repository_id", "say which repository is meant");
        }
        return repositoryId;
    }

    /** What makes an entry the same one in a plan made anew: signing gives a package other bytes and another id. */
    private record Identity(String nevra, long buildId, String taskArch) {
        static Identity of(PlannedPackage entry) {
            return new Identity(
                    entry.pkg().nevra(), entry.pkg().buildId(), entry.pkg().taskArch());
        }
    }

    /**
     * Carries the edits of people from a former plan over to one made anew; packages that are no longer there take
     * theirs with them.
     */
    static ReleasePlan keepEdits(ReleasePlan former, ReleasePlan fresh) {
        var edited = former.packages().stream()
                .filter(PlannedPackage::edited)
                .collect(Collectors.toMap(Identity::of, Function.identity(), (a, b) -> a));
        var possible = fresh.repositories().stream().map(PlanRepository::id).collect(Collectors.toSet());
        var packages = fresh.packages().stream()
                .map(p -> {
                    var edit = edited.get(Identity.of(p));
                    return edit == null
                            ? p
                            : new PlannedPackage(
                                    p.pkg(),
                                    edit.repositories().stream()
                                            .filter(t -> possible.contains(t.id()))
                                            .toList(),
                                    edit.excluded(),
                                    edit.force(),
                                    true);
                })
                .toList();
        return new ReleasePlan(packages, fresh.repositories(), fresh.checks());
    }
}

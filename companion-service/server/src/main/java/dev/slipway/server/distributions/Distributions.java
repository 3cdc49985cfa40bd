package dev.slipway.server.distributions;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.distributions.Distribution;
import dev.slipway.api.distributions.DistributionRequest;
import dev.slipway.api.distributions.DistributionUpdate;
import dev.slipway.api.identity.Scopes;
import dev.slipway.server.channels.HostedRepositories;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.http.Json;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.Violations;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.repositories.RepositoryType;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Named sets of platforms with repositories of their own. Methods take part in their caller's transaction. */
public final class Distributions {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    /** First parts of served paths that belong to others. */
    private static final Set<String> TAKEN = Set.of("builds", "composes");

    private static final Set<String> APPROVALS = Set.of("none", "second-person");
    private static final String NO_APPROVAL = "is none or second-person";

    private static final String SELECT = """
            select d.id, d.name, d.data, d.approval, d.revision, k.keyid,
                array(select p.name from distribution_platform dp join platform p on p.id = dp.platform_id
                      where dp.distribution_id = d.id order by p.name) as platforms,
                array(select build_id from distribution_build where distribution_id = d.id order by build_id) as builds
            from distribution d left join sign_key k on k.id = d.sign_key_id
            """;

    private final HostedRepositories hosted;
    private final DistributionRepositories repositories;
    private final BuildPackages packages = new BuildPackages();
    private final Audit audit;
    private final Outbox outbox;
    private final Clock clock;

    public Distributions(HostedRepositories hosted, Audit audit, Outbox outbox, Clock clock) {
        this.hosted = hosted;
        this.repositories = new DistributionRepositories(hosted);
        this.audit = audit;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Makes a distribution; its repositories are empty, valid, and signed where it has a key, from the start. */
    Distribution create(DistributionRequest request, Caller caller, StatelessSession session) {
        String name = request.name() == null ? "" : request.name();
        List<String> platforms = request.platforms() == null
                ? List.of()
                : request.platforms().stream().distinct().toList();
        new Violations()
                .check(
                        NAME.matcher(name).matches() && !TAKEN.contains(name),
                        "/name",
                        "has 1 to 100 lower-case letters, digits and ._-, begins with a letter or digit,"
                                + " and is not builds or composes")
                .check(!platforms.isEmpty(), "/platforms", "names at least one platform")
                .check(isApproval(request.approval()), "/approval", NO_APPROVAL)
                .throwIfAny();
        Long key = signKey(request.signKey(), session);
        JsonNode data = Json.mapper().valueToTree(request.data() == null ? Map.of() : request.data());
        long id = Sql.one(
                        session,
                        """
                        insert into distribution (name, sign_key_id, data, approval, created_at) values (?, ?, ?, ?, ?)
                        on conflict (name) do nothing returning id""",
                        row -> row.number("id"),
                        name,
                        key,
                        data,
                        Objects.requireNonNullElse(request.approval(), "none"),
                        clock.instant())
                .orElseThrow(() -> ProblemException.alreadyExists("distribution", name));
        for (String platform : platforms) {
            DistributionRepositories.Platform found = platform(platform, session);
            Sql.update(session, "insert into distribution_platform values (?, ?)", id, found.id());
            repositories.create(id, name, found, key, session);
        }
        Distribution made = get(name, session);
        audit.record(session, caller, "create", "distribution", id, null, made);
        outbox.announce(session, "distribution.created", "distribution", id, made);
        return made;
    }

    /**
     * Changes how a distribution is released to.
     *
     * @param expected refuses the current revision when it is not the one that the caller has seen
     */
    Distribution update(
            String name, DistributionUpdate update, LongConsumer expected, Caller caller, StatelessSession session) {
        Locked distribution = lock(name, session);
        Distribution before = get(name, session);
        expected.accept(before.revision());
        Integer seen = update.revision();
        if (seen != null && seen != before.revision()) {
            throw ProblemException.conflict("distribution " + name + " is at revision " + before.revision()
                            + " now, not " + seen + ": read it again before changing it")
                    .with("revision", before.revision());
        }
        new Violations()
                .check(update.approval() != null && isApproval(update.approval()), "/approval", NO_APPROVAL)
                .throwIfAny();
        Sql.update(
                session,
                "update distribution set approval = ?, revision = revision + 1 where id = ?",
                update.approval(),
                distribution.id());
        Distribution after = get(name, session);
        audit.record(session, caller, "update", "distribution", distribution.id(), before, after);
        outbox.announce(session, "distribution.changed", "distribution", distribution.id(), after);
        return after;
    }

    private static boolean isApproval(@Nullable String word) {
        return word == null || APPROVALS.contains(word);
    }

    /** Puts a build's packages into the distribution's repositories. */
    void add(long buildId, String name, Caller caller, StatelessSession session) {
        Locked distribution = lock(name, session);
        caller.requireOn(distribution.id(), name, Scopes.DISTRIBUTIONS_UPDATE);
        mustHaveFinished(buildId, session);
        boolean fresh = Sql.update(
                        session,
                        "insert into distribution_build values (?, ?, ?) on conflict do nothing",
                        distribution.id(),
                        buildId,
                        clock.instant())
                == 1;
        if (!fresh) {
            throw ProblemException.conflict("build " + buildId + " was added to distribution " + name + " before");
        }
        Distribution before = get(name, session);
        List<BuildPackages.Arrival> arrivals =
                packages.arrivals(distribution.id(), buildId, distribution.signKeyId(), session);
        if (arrivals.isEmpty()) {
            throw ProblemException.unprocessable(
                    "build " + buildId + " has no packages for the platforms of distribution " + name + ", which are "
                            + String.join(", ", before.platforms()));
        }
        Map<Long, List<BuildPackages.Arrival>> byRepository = new TreeMap<>();
        arrivals.forEach(each -> byRepository
                .computeIfAbsent(each.repositoryId(), id -> new ArrayList<>())
                .add(each));
        byRepository.forEach((repository, coming) -> hosted.change(
                repository,
                new HashSet<>(
                        coming.stream().map(BuildPackages.Arrival::packageId).toList()),
                coming.stream().flatMap(each -> each.inPlaceOf().stream()).toList(),
                "build " + buildId + " added",
                session));
        changed("add-build", distribution.id(), buildId, name, caller, session);
    }

    /** Takes a build's packages out again, but for those that another build of the distribution brought too. */
    void remove(long buildId, String name, Caller caller, StatelessSession session) {
        Locked distribution = lock(name, session);
        caller.requireOn(distribution.id(), name, Scopes.DISTRIBUTIONS_UPDATE);
        if (!Sql.exists(
                session,
                "select 1 from distribution_build where distribution_id = ? and build_id = ?",
                distribution.id(),
                buildId)) {
            throw ProblemException.conflict("build " + buildId + " is not in distribution " + name);
        }
        packages.departures(distribution.id(), buildId, session)
                .forEach((repository, leaving) ->
                        hosted.change(repository, List.of(), leaving, "build " + buildId + " removed", session));
        Sql.update(
                session,
                "delete from distribution_build where distribution_id = ? and build_id = ?",
                distribution.id(),
                buildId);
        changed("remove-build", distribution.id(), buildId, name, caller, session);
    }

    private void changed(String action, long id, long buildId, String name, Caller caller, StatelessSession session) {
        Distribution now = get(name, session);
        audit.record(session, caller, action, "distribution", id, Map.of("build_id", buildId), now);
        outbox.announce(session, "distribution.changed", "distribution", id, now);
    }

    /** Distributions behind {@code afterName}, by name. */
    List<Distribution> list(String afterName, long offset, int limit, StatelessSession session) {
        return Sql.list(
                session,
                SELECT + " where d.name > ? order by d.name offset ? limit ?",
                Distributions::read,
                afterName,
                offset,
                limit);
    }

    long count(StatelessSession session) {
        return Sql.number(session, "select count(*) from distribution");
    }

    /** @throws ProblemException 404 when there is none of that name */
    Distribution find(String name, StatelessSession session) {
        return Sql.one(session, SELECT + " where d.name = ?", Distributions::read, name)
                .orElseThrow(() -> ProblemException.notFound("distribution", name));
    }

    private static Distribution get(String name, StatelessSession session) {
        return Sql.one(session, SELECT + " where d.name = ?", Distributions::read, name)
                .orElseThrow();
    }

    private record Locked(long id, @Nullable Long signKeyId) {}

    /** Adding and removing builds of one distribution wait for each other. */
    private static Locked lock(String name, StatelessSession session) {
        return Sql.one(
                        session,
                        "select id, sign_key_id from distribution where name = ? for update",
                        row -> new Locked(row.number("id"), row.numberOrNull("sign_key_id")),
                        name)
                .orElseThrow(() -> ProblemException.notFound("distribution", name));
    }

    private static void mustHaveFinished(long buildId, StatelessSession session) {
        boolean finished = Sql.one(
                        session,
                        "select finished_at is not null as finished from build where id = ? for key share",
                        row -> row.flag("finished"),
                        buildId)
                .orElseThrow(() -> ProblemException.notFound("build", buildId));
        if (!finished) {
            throw ProblemException.conflict("build " + buildId + " is still running; add it when it has finished");
        }
    }

    /** @param wanted its key id, its fingerprint or its name */
    private static @Nullable Long signKey(@Nullable String wanted, StatelessSession session) {
        if (wanted == null) {
            return null;
        }
        String hex = wanted.toUpperCase(Locale.ROOT);
        return Sql.one(session, """
                        select id from sign_key where (keyid = ? or fingerprint = ? or name = ?)
                          and active and archived_at is null order by keyid = ? desc, id limit 1""", row -> row.number("id"), hex, hex, wanted, hex)
                .orElseThrow(() -> ProblemException.unprocessable("there is no active sign key " + wanted));
    }

    private static DistributionRepositories.Platform platform(String name, StatelessSession session) {
        return Sql.one(
                        session,
                        "select id, name, type, arch_list, data->>'suite' as suite from platform where name = ?",
                        row -> new DistributionRepositories.Platform(
                                row.number("id"),
                                row.text("name"),
                                RepositoryType.of(row.text("type")),
                                row.texts("arch_list"),
                                row.textOrNull("suite")),
                        name)
                .orElseThrow(() -> ProblemException.unprocessable("there is no platform " + name));
    }

    private static Distribution read(Row row) throws SQLException {
        return new Distribution(
                row.number("id"),
                row.text("name"),
                row.texts("platforms"),
                row.textOrNull("keyid"),
                row.numbers("builds"),
                Json.mapper().convertValue(row.json("data"), new TypeReference<Map<String, Object>>() {}),
                row.text("approval"),
                row.integer("revision"));
    }
}

package dev.slipway.server.builds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.api.builds.BuildRequest;
import dev.slipway.server.builds.BuildPlan.PlannedTask;
import dev.slipway.server.database.Sql;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.http.Json;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.tasks.NewTask;
import dev.slipway.server.tasks.TaskCancel;
import dev.slipway.server.tasks.TaskRow;
import dev.slipway.server.tasks.TaskStore;
import dev.slipway.server.workers.Slots;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Makes builds, cancels and removes them. */
public final class Builds {
    static final String KIND = "build";

    private final BuildRequests requests;
    private final BuildRepositories repositories;
    private final TaskStore store;
    private final TaskCancel cancel;
    private final Outbox outbox;
    private final Clock clock;

    Builds(
            BuildRequests requests,
            BuildRepositories repositories,
            TaskStore store,
            TaskCancel cancel,
            Outbox outbox,
            Clock clock) {
        this.requests = requests;
        this.repositories = repositories;
        this.store = store;
        this.cancel = cancel;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Makes a build with its repositories and all of its tasks, and answers its id. */
    public long create(BuildRequest request, long ownerId, StatelessSession session) {
        BuildOrder order = requests.check(request, session);
        BuildPlan plan = order.plan();
        Instant now = clock.instant();
        long id = Sql.number(
                session,
                """
                insert into build (owner_id, created_at, mode, priority, options, unfinished_tasks, cancel_testing)
                values (?, ?, ?, ?, ?, ?, ?) returning id
                """,
                ownerId,
                now,
                order.chained() ? "chained" : "independent",
                order.priority(),
                Json.mapper().valueToTree(order.options()),
                plan.tasks().size(),
                order.cancelTesting());
        for (BuildOrder.Target target : order.targets()) {
            Sql.update(
                    session,
                    "insert into build_platform (build_id, platform_id, arch_list) values (?, ?, ?)",
                    id,
                    target.platform().id(),
                    target.arches());
        }
        for (long linked : order.linkedBuilds()) {
            Sql.update(session, "insert into build_link (build_id, linked_build_id) values (?, ?)", id, linked);
        }
        repositories.create(id, targets(order), session);
        addTasks(id, ownerId, order, plan, now, session);
        outbox.announce(
                session,
                "build.created",
                "build",
                id,
                Map.of("tasks", plan.tasks().size()));
        return id;
    }

    private static List<BuildRepositories.Target> targets(BuildOrder order) {
        return order.targets().stream()
                .map(target -> new BuildRepositories.Target(
                        target.platform().id(),
                        target.platform().name(),
                        target.platform().type(),
                        target.arches()))
                .toList();
    }

    private void addTasks(
            long buildId, long ownerId, BuildOrder order, BuildPlan plan, Instant now, StatelessSession session) {
        Map<Integer, Long> sources = new HashMap<>();
        for (BuildOrder.Source source : order.sources()) {
            sources.put(source.index(), insert(buildId, source, session));
        }
        TaskStore.Adding adding = store.adding(
                ownerId,
                plan.tasks().size(),
                plan.tasks().stream().map(Builds::slot).toList(),
                order.priority(),
                session);
        List<Long> ids = new ArrayList<>();
        for (PlannedTask task : plan.tasks()) {
            long id = adding.add(
                    new NewTask(
                            KIND,
                            slot(task),
                            buildId,
                            ownerId,
                            task.arch(),
                            order.priority(),
                            task.platform().timeoutSeconds(),
                            task.dependsOn().stream().map(ids::get).toList()),
                    now);
            ids.add(id);
            Sql.update(
                    session,
                    """
                    insert into build_task (task_id, build_id, build_source_id, platform_id, arch, with_arch_all,
                                            source_task_id)
                    values (?, ?, ?, ?, ?, ?, ?)
                    """,
                    id,
                    buildId,
                    sources.get(task.source()),
                    task.platform().id(),
                    task.arch(),
                    task.withArchAll(),
                    task.sourceTask() < 0 ? null : ids.get(task.sourceTask()));
        }
        adding.finish();
    }

    private static String slot(PlannedTask task) {
        return Slots.build(task.platform().format(), task.arch());
    }

    private static long insert(long buildId, BuildOrder.Source source, StatelessSession session) {
        ObjectNode options = Json.mapper().createObjectNode();
        options.set("options", Json.mapper().valueToTree(source.options()));
        options.set("test_scripts", Json.mapper().valueToTree(source.testScripts()));
        return Sql.number(
                session,
                """
                with known as (select id from source_url where md5(url) = md5(?) and url = ? limit 1),
                     added as (insert into source_url (url) select ? where not exists (select from known) returning id)
                insert into build_source (url_id, build_id, index, batch, url, git_ref, ref_type, commit_hash, options)
                values ((select id from known union all select id from added), ?, ?, ?, ?, ?, ?, ?, ?) returning id
                """,
                source.url(),
                source.url(),
                source.url(),
                buildId,
                source.index(),
                source.batch(),
                source.url(),
                source.gitRef(),
                source.refType().number(),
                source.commitHash(),
                options);
    }

    /** Cancels what has not ended; running tasks end when their workers hear of it. */
    public void cancel(long id, StatelessSession session) {
        lock(id, session);
        List<TaskRow> tasks = new ArrayList<>(store.ofBuild(id, KIND, session));
        tasks.addAll(store.ofBuild(id, "test", session));
        // so that the end of the last build task makes no tests
        Sql.update(session, "update build set cancel_testing = true, revision = revision + 1 where id = ?", id);
        cancel.cancel(tasks, session);
    }

    /** Removes a build and all that belongs to it alone. */
    public void remove(long id, StatelessSession session) {
        BuildRow build = lock(id, session);
        if (build.released()) {
            throw ProblemException.conflict("build " + id + " is released: revert the release first");
        }
        refuse(
                id,
                "select name from distribution d join distribution_build x on x.distribution_id = d.id"
                        + " where x.build_id = ? limit 1",
                "is part of the distribution",
                session);
        refuse(
                id,
                "select release_id::text as name from release_build where build_id = ? limit 1",
                "is planned for the release",
                session);
        refuse(
                id,
                "select build_id::text as name from build_link where linked_build_id = ? limit 1",
                "is linked by the build",
                session);
        boolean running = Sql.exists(
                session, "select 1 from task where build_id = ? and state in ('running', 'cancelling') limit 1", id);
        if (running) {
            throw ProblemException.conflict("tasks of build " + id + " are running: cancel it first");
        }
        repositories.hide(id, session);
        Sql.update(session, "delete from build where id = ?", id);
        outbox.announce(session, "build.removed", "build", id, Map.of());
    }

    private static void refuse(long id, String query, String why, StatelessSession session) {
        @Nullable
        String name = Sql.one(session, query, row -> row.text("name"), id).orElse(null);
        if (name != null) {
            throw ProblemException.conflict("build " + id + " " + why + " " + name);
        }
    }

    static BuildRow lock(long id, StatelessSession session) {
        return BuildRow.lock(id, session).orElseThrow(() -> ProblemException.notFound("build", id));
    }
}

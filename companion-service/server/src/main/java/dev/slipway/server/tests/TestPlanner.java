package dev.slipway.server.tests;

import dev.slipway.server.builds.BuildListener;
import dev.slipway.server.builds.BuildRow;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.platforms.PlatformRow;
import dev.slipway.server.platforms.Platforms;
import dev.slipway.server.tasks.NewTask;
import dev.slipway.server.tasks.TaskStore;
import dev.slipway.server.workers.Slots;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Makes test tasks: one per platform and architecture of a build, which installs all of its packages together, with one test
 * row for each package. Everything here runs with the build's row locked, so it happens once.
 */
final class TestPlanner implements BuildListener {
    static final String KIND = "test";
    private static final int DEFAULT_TIMEOUT_SECONDS = 7_200;

    private final Platforms platforms;
    private final TaskStore store;
    private final Clock clock;

    TestPlanner(Platforms platforms, TaskStore store, Clock clock) {
        this.platforms = platforms;
        this.store = store;
        this.clock = clock;
    }

    /** A package that a build task made and that is to be tested. */
    private record Candidate(
            long buildTaskId,
            long platformId,
            String arch,
            int revision,
            String name,
            String version,
            @Nullable String release,
            String packageArch) {
        static Candidate read(Row row) throws SQLException {
            return new Candidate(
                    row.number("build_task_id"),
                    row.number("platform_id"),
                    row.text("arch"),
                    row.integer("revision"),
                    row.text("name"),
                    row.text("version"),
                    row.textOrNull("release"),
                    row.text("package_arch"));
        }
    }

    private record Group(long platformId, String arch) {}

    /** What was made: the revision of the tests and the tasks that run them. */
    record Made(int revision, List<Long> taskIds) {}

    @Override
    public void finished(BuildRow build, StatelessSession session) {
        if (build.cancelTesting()) {
            return;
        }
        Map<Long, Boolean> wanted = new HashMap<>();
        List<Candidate> untested = candidates(build.id(), session).stream()
                .filter(candidate -> candidate.revision() == 0)
                .filter(candidate -> wanted.computeIfAbsent(
                        candidate.platformId(),
                        id -> platforms.get(id, session).tests().equals("auto")))
                .toList();
        make(build, untested, session);
    }

    /** Tests once more what the whole build, or one task of it, has made. */
    Made again(BuildRow build, @Nullable Long buildTaskId, StatelessSession session) {
        return make(
                build,
                candidates(build.id(), session).stream()
                        .filter(candidate -> buildTaskId == null || candidate.buildTaskId() == buildTaskId)
                        .toList(),
                session);
    }

    private static List<Candidate> candidates(long buildId, StatelessSession session) {
        return Sql.list(session, """
                select distinct bt.task_id as build_task_id, bt.platform_id, bt.arch, p.name, p.version, p.release,
                       p.arch as package_arch,
                       coalesce((select max(r.revision) from test_run r where r.build_task_id = bt.task_id), 0) as revision
                  from task t
                  join build_task bt on bt.task_id = t.id
                  join artifact a on a.task_id = t.id
                  join package p on p.id = a.package_id
                 where t.build_id = ? and t.state = 'succeeded' and bt.arch <> 'src'
                   and not p.is_source and not p.is_debug
                 order by bt.task_id, p.name, package_arch
                """, Candidate::read, buildId);
    }

    private Made make(BuildRow build, List<Candidate> candidates, StatelessSession session) {
        int revision =
                1 + candidates.stream().mapToInt(Candidate::revision).max().orElse(0);
        Map<Group, List<Candidate>> groups = new LinkedHashMap<>();
        candidates.forEach(candidate -> groups.computeIfAbsent(
                        new Group(candidate.platformId(), candidate.arch()), any -> new ArrayList<>())
                .add(candidate));
        List<Long> tasks = new ArrayList<>();
        groups.forEach((group, members) -> tasks.add(add(build, group, members, revision, session)));
        if (!tasks.isEmpty()) {
            Sql.update(
                    session,
                    "update build set test_revision = greatest(test_revision, ?) where id = ?",
                    revision,
                    build.id());
        }
        return new Made(revision, tasks);
    }

    private long add(BuildRow build, Group group, List<Candidate> members, int revision, StatelessSession session) {
        PlatformRow platform = platforms.get(group.platformId(), session);
        int timeout = platform.data().path("test_timeout").asInt(DEFAULT_TIMEOUT_SECONDS);
        NewTask task = new NewTask(
                KIND,
                Slots.test(platform.type(), group.arch()),
                build.id(),
                build.ownerId(),
                group.arch(),
                build.priority(),
                Math.max(1, timeout),
                List.of());
        long id = store.add(List.of(task), clock.instant(), session).get(0);
        // the same package of several versions is one test
        Map<String, Candidate> rows = new TreeMap<>();
        members.forEach(member ->
                rows.putIfAbsent(member.buildTaskId() + " " + member.name() + " " + member.packageArch(), member));
        Sql.batch(
                session,
                """
                insert into test_run (task_id, build_id, build_task_id, revision, package_name, package_version,
                                      package_release, package_arch, status, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                rows.values().stream()
                        .map(member -> new @Nullable Object[] {
                            id,
                            build.id(),
                            member.buildTaskId(),
                            revision,
                            member.name(),
                            member.version(),
                            member.release(),
                            member.packageArch(),
                            TestStatus.CREATED.number(),
                            clock.instant()
                        })
                        .toList());
        return id;
    }
}

package dev.slipway.server.signing;

import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.tests.TestStatus;
import java.util.List;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** A platform whose data says {@code tests_required} has packages signed only when their newest tests passed. */
final class TestsBeforeSigning {
    private static final int MOST_NAMED = 10;

    private TestsBeforeSigning() {}

    /**
     * @param waiver why the tests may be missing; null when they may not
     * @throws ProblemException 409 that names the packages whose tests did not pass
     */
    static void require(long buildId, @Nullable String waiver, StatelessSession session) {
        if (waiver != null) {
            return;
        }
        List<String> missing = missing(buildId, session);
        if (!missing.isEmpty()) {
            boolean more = missing.size() > MOST_NAMED;
            throw ProblemException.of(
                    "tests-missing",
                    409,
                    "Tests have to pass before the signing",
                    "build " + buildId + " is not signed before its tests passed; missing: "
                            + String.join(", ", missing.subList(0, Math.min(MOST_NAMED, missing.size())))
                            + (more ? " and more" : "")
                            + ". Wait for them, run them again, or give a reason to sign without_tests");
        }
    }

    /** A package that several tasks brought needs one test that passed and none that failed. */
    private static List<String> missing(long buildId, StatelessSession session) {
        int passed = TestStatus.COMPLETED.number();
        return Sql.list(
                session,
                """
                select p.nevra,
                       case when bool_or(r.failed) then 'not passed' when bool_or(r.id is not null) then 'not ended'
                            else 'none made' end as tests
                from build_task bt
                  join task t on t.id = bt.task_id and t.state = 'succeeded'
                  join platform pl on pl.id = bt.platform_id and pl.data->>'tests_required' = 'true'
                  join artifact a on a.task_id = bt.task_id
                  join package p on p.id = a.package_id and not p.is_source and not p.is_debug
                  left join lateral (
                    select x.id,
                           x.status = ? or (x.status < ? and tt.state in ('succeeded', 'excluded')) as passed,
                           x.status > ? or (x.status < ? and tt.state in ('failed', 'error', 'cancelled')) as failed
                    from test_run x join task tt on tt.id = x.task_id
                    where x.build_task_id = bt.task_id and x.package_name = p.name and x.package_arch = p.arch
                    order by x.revision desc, x.id desc limit 1) r on true
                where bt.build_id = ?
                group by p.id, p.nevra
                having bool_or(r.failed) or not coalesce(bool_or(r.passed), false)
                order by p.nevra limit ?""",
                row -> row.text("nevra") + " (" + row.text("tests") + ")",
                passed,
                passed,
                passed,
                passed,
                buildId,
                MOST_NAMED + 1);
    }
}

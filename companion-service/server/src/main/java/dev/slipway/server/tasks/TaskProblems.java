package dev.slipway.server.tasks;

import dev.slipway.server.http.ProblemException;

/** The problem documents of this feature. */
final class TaskProblems {
    private TaskProblems() {}

    static ProblemException noTask(long id) {
        return ProblemException.notFound("task", id);
    }

    /** Also for tasks of others and tasks that nobody holds: the caller has no lease, and need not know more. */
    static ProblemException leaseLost(long id) {
        return ProblemException.of(
                "lease-lost",
                409,
                "The lease is lost",
                "task " + id + " is not held under this lease by this caller any more: drop the work and claim anew");
    }

    /** The lease is good, but not this caller's: not a matter of time, as a lost one is. */
    static ProblemException leaseOfAnother(long id) {
        return ProblemException.forbidden("task " + id + " is held by another worker under this lease: claim your own");
    }

    static ProblemException wrongOffset(long expected) {
        return ProblemException.of(
                        "wrong-offset",
                        409,
                        "The log goes on elsewhere",
                        "the log has " + expected + " bytes: send what follows them")
                .with("offset", expected);
    }
}

package dev.slipway.server.releases;

/**
 * How the tests of a package went in the newest revision that has any.
 *
 * @param detail why, or which: one line
 */
record TestEvidence(Verdict verdict, String detail) {
    static final TestEvidence MISSING = new TestEvidence(Verdict.MISSING, "never tested");

    enum Verdict {
        PASSED,
        FAILED,
        RUNNING,
        MISSING
    }
}

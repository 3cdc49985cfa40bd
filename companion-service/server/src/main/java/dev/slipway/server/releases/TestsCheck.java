package dev.slipway.server.releases;

/** Whether the package's tests passed. */
final class TestsCheck {
    private static final String NAME = "tests";

    private TestsCheck() {}

    static void check(Planned planned, ReleaseChecks.Inputs inputs, Findings findings) {
        var candidate = planned.candidate();
        if (candidate.source() || candidate.debug()) {
            return;
        }
        var evidence = inputs.tests().getOrDefault(candidate.id(), TestEvidence.MISSING);
        var message = candidate.nevra() + ": " + evidence.detail();
        switch (evidence.verdict()) {
            case PASSED -> findings.green(planned, NAME, evidence.detail());
            case FAILED -> findings.redUnlessForced(planned, NAME, message);
            case RUNNING, MISSING -> {
                if (inputs.policy().testsRequired()) {
                    findings.redUnlessForced(
                            planned,
                            NAME,
                            message + ", and the distribution asks for passed tests: run them, or force");
                } else {
                    findings.yellow(planned, NAME, message);
                }
            }
        }
    }
}

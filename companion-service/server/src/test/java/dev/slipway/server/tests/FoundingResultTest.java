package dev.slipway.server.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.api.tasks.TestCase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is understood of a test system's result. */
final class FoundingResultTest {
    private static Map<String, Object> withOutput(boolean success, String output) {
        return Map.of("tests", Map.of("smoke", Map.of("success", success, "output", output)));
    }

    private static List<String> cases(String output) {
        return FoundingResult.cases(withOutput(true, output), "tally").stream()
                .map(each -> each.name() + " " + each.status())
                .toList();
    }

    private static TestStatus verdict(Map<String, Object> result) {
        return FoundingResult.status(result, FoundingResult.cases(result, "tally"));
    }

    // acceptance case 70
    @Test
    void aTapLogCountsPointByPoint() {
        assertThat(
                        cases(
                                "1..4\nok 1 starts\nnot ok 2 stops\n# signal 11\nok 3 # skip no network\nnot ok 4 sings # TODO"))
                .containsExactly(
                        "smoke: starts passed", "smoke: stops failed", "smoke: test 3 skipped", "smoke: sings skipped");
    }

    // acceptance case 70
    @Test
    void aFailedPointOfATapLogIsAFailure() {
        assertThat(verdict(withOutput(true, "1..2\nok 1\nnot ok 2"))).isEqualTo(TestStatus.FAILED);
    }

    // acceptance case 70
    @Test
    void skippedPointsAreNone() {
        assertThat(verdict(withOutput(true, "1..2\nok 1 # skip\nok 2"))).isEqualTo(TestStatus.COMPLETED);
    }

    @Test
    void aJUnitLogCountsCaseByCase() {
        List<TestCase> cases = FoundingResult.cases(withOutput(false, """
                        <?xml version="1.0"?>
                        <testsuites><testsuite name="all">
                          <testcase classname="Tally" name="starts" time="0.25"/>
                          <testcase classname="Tally" name="stops"><failure message="signal 11">at line 3</failure></testcase>
                          <testcase name="sings"><skipped/></testcase>
                          <testcase name="sails"><error message="no wind"/><system-out>calm</system-out></testcase>
                        </testsuite></testsuites>
                        """), "tally");

        assertThat(cases)
                .extracting(TestCase::name, TestCase::status)
                .containsExactly(
                        tuple("smoke: Tally.starts", "passed"),
                        tuple("smoke: Tally.stops", "failed"),
                        tuple("smoke: sings", "skipped"),
                        tuple("smoke: sails", "error"));
        assertThat(cases.get(0).durationMs()).isEqualTo(250);
        assertThat(cases.get(1).output()).isEqualTo("signal 11\nat line 3\n");
    }

    @Test
    void anErrorInAJUnitLogIsAFailure() {
        assertThat(verdict(withOutput(true, "<testsuite><testcase name=\"a\"><error/></testcase></testsuite>")))
                .isEqualTo(TestStatus.FAILED);
    }

    @Test
    void aHostileJUnitLogIsPlainText() {
        assertThat(cases("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                        + "<testsuite><testcase name=\"&e;\"/></testsuite>"))
                .containsExactly("smoke passed");
    }

    @Test
    void otherXmlIsPlainText() {
        assertThat(cases("<html><testcase/></html>")).containsExactly("smoke passed");
    }

    // acceptance case 70
    @Test
    void anotherLogIsOneCase() {
        assertThat(cases("ok, it works")).containsExactly("smoke passed");
    }

    @Test
    void aStageThatFailedIsAFailure() {
        assertThat(verdict(Map.of("install_package", Map.of("success", false)))).isEqualTo(TestStatus.FAILED);
    }

    @Test
    void whatWasRevokedIsCancelled() {
        assertThat(verdict(Map.of("revoked", true))).isEqualTo(TestStatus.CANCELLED);
    }
}

package dev.slipway.server.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.api.builds.Build;
import dev.slipway.api.signing.PayloadSignature;
import dev.slipway.api.signing.SignTask;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.packages.fixtures.Command;
import dev.slipway.packages.fixtures.RpmKeys;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.CompanionProcess;
import dev.slipway.server.testing.FailpointNames;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As {@code ReportCrashTest}, for signatures and for the end of a sign task. Acceptance case 38. */
@Tag("slow")
final class SignCrashTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Farm farm = new Farm(companion);
    private final SampleKey key = SampleKeys.fresh();
    private TestSigner signer;
    private Build build;
    private ClaimedTask task;

    @TempDir
    Path directory;

    @BeforeEach
    void claim() {
        companion.clock().catchUp();
        farm.clear();
        build = farm.built(farm.worker("src", "x86_64"), farm.platform("rpm", "x86_64"), "sounding");
        companion.admin().post("/api/v1/sign-tasks/", Map.of("build_id", build.id(), "sign_key_id", farm.signKey(key)));
        signer = farm.signer(key);
        task = signer.claim();
    }

    private static Set<String> stepsOf(String method, Class<?>... parameters) throws NoSuchMethodException {
        return new TreeSet<>(List.of(SignCrashTest.class
                .getDeclaredMethod(method, parameters)
                .getAnnotation(ValueSource.class)
                .strings()));
    }

    @Test
    void everyStepOfSigningIsHere() throws Exception {
        Set<String> here = stepsOf("aSubmissionIsKeptWholeOrNotAtAll", String.class);
        here.addAll(stepsOf("aCompletionIsSeenWholeOrNotAtAll", String.class));

        assertThat(here).isEqualTo(FailpointNames.of("sign"));
    }

    /** Lets a companion die while it answers a call. */
    private interface Call {
        TestResponse by(TestSigner signer);
    }

    private void dies(String failpoint, Call call) throws Exception {
        try (CompanionProcess doomed = CompanionProcess.start(companion.var(), companion.databaseUrl(), failpoint)) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> call.by(signer.at(signer.api().at(doomed.url()))));
            assertThat(doomed.awaitEnd()).isEqualTo(Failpoints.EXIT_STATUS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign.spliced", "sign.verified", "sign.before-commit", "sign.committed"})
    void aSubmissionIsKeptWholeOrNotAtAll(String failpoint) throws Exception {
        List<PayloadSignature> signatures = signer.signatures(task);

        dies(failpoint, each -> each.submit(task, signatures));

        assertThat(shown().signedCount()).isEqualTo(failpoint.equals("sign.committed") ? 2 : 0);
        assertThat(signer.submit(task, signatures).json().path("remaining").asInt())
                .isZero();
        assertThat(signer.report(task, "succeeded", null).status()).isEqualTo(200);
        assertWholeAndSingle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign.packages", "sign.repositories"})
    void aCompletionIsSeenWholeOrNotAtAll(String failpoint) throws Exception {
        signer.submit(task, signer.signatures(task));

        dies(failpoint, each -> each.report(task, "succeeded", null));

        assertThat(farm.get(build.id()).signed()).isFalse();
        assertThat(check().exit()).isNotZero();
        assertThat(signer.report(task, "succeeded", null).status()).isEqualTo(200);
        assertWholeAndSingle();
    }

    /** The steps that all reports have, here with the end of a sign task behind them. */
    @ParameterizedTest
    @ValueSource(strings = {"report.before-commit", "report.committed"})
    void aCompletionSurvivesTheStepsOfAReport(String failpoint) throws Exception {
        signer.submit(task, signer.signatures(task));

        dies(failpoint, each -> each.report(task, "succeeded", null));

        assertThat(farm.get(build.id()).signed()).isEqualTo(failpoint.equals("report.committed"));
        assertThat(signer.report(task, "succeeded", null).status()).isEqualTo(200);
        assertWholeAndSingle();
    }

    private void assertWholeAndSingle() throws IOException {
        assertThat(farm.get(build.id()).signed()).isTrue();
        assertThat(check().exit()).isZero();
        assertThat(shown().statusName()).isEqualTo("completed");
        assertThat(companion.value("select count(*) from package_signature s join sign_key k on k.id = s.sign_key_id"
                        + " where k.keyid = '" + key.certificate().keyId() + "'"))
                .isEqualTo("2");
        assertThat(companion.value(
                        "select count(*) from outbox_event where type = 'build.signed' and subject_id = " + build.id()))
                .isEqualTo("1");
    }

    private SignTask shown() {
        return companion.admin().get("/api/v1/sign-tasks/" + task.id()).as(SignTask.class);
    }

    /** What rpmkeys says of the package in the build's repository. */
    private Command.Result check() throws IOException {
        String url = build.repositories().stream()
                .filter(each -> each.arch().equals("x86_64") && !each.debug())
                .findFirst()
                .orElseThrow()
                .url()
                .substring(companion.url().toString().length());
        byte[] bytes = companion
                .anonymous()
                .get(url + "Packages/s/sounding-1.0-1.x86_64.rpm")
                .bytes();
        return new RpmKeys(directory, key.certificate().armored())
                .check(Files.write(directory.resolve("served.rpm"), bytes));
    }
}

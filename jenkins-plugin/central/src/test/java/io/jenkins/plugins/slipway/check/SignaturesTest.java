package io.jenkins.plugins.slipway.check;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Extension;
import org.junit.jupiter.api.Test;

/** What the plugin was compiled against is what a controller has. */
class SignaturesTest {
    @Test
    void everySignatureIsTrue() throws Exception {
        StubCheck check = StubCheck.of(ClassFiles.beside(Extension.class), SurfaceTable.read());
        assertThat(check.problems()).isEmpty();
        assertThat(check.classes()).isGreaterThan(50);
        assertThat(check.members()).isGreaterThan(100);
    }

    @Test
    void everyMemberOfJenkinsThatThePluginUsesExists() throws Exception {
        ReferenceCheck check = ReferenceCheck.of(ClassFiles.ofPlugin(), SurfaceTable.read());
        assertThat(check.problems()).isEmpty();
        assertThat(check.checked()).isGreaterThan(100);
    }

    @Test
    void everyOverrideIsLawful() throws Exception {
        assertThat(OverrideCheck.problems(ClassFiles.ofPlugin(), SurfaceTable.read()))
                .isEmpty();
    }
}

package dev.slipway.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DebianTestsTest {
    @Test
    void readsEveryTestOfEveryStanza() {
        List<SourceTest> tests = read("""
                # what there is
                Tests: one two,
                 three
                Depends: @,
                 make (>= 4) | gmake,
                 perl
                Restrictions: allow-stderr, skippable

                Test-Command: ls -l
                """);
        assertThat(tests).extracting(SourceTest::name).containsExactly("one", "three", "two", "command4");
        assertThat(tests.get(0).dependencies()).isEqualTo("make (>= 4) | gmake, perl");
        assertThat(tests.get(0).silent()).isFalse();
        assertThat(tests.get(0).optional()).isTrue();
        assertThat(tests.get(3).silent()).isTrue();
        assertThat(tests.get(3).command()).containsExactly("bash", "-ec", "ls -l");
        assertThat(tests.get(3).dependencies()).isEmpty();
    }

    @Test
    void skipsWhatCanNotBeGivenAndSaysWhy() {
        assertThat(read("Tests: a\nRestrictions: needs-internet\n").get(0).skipped())
                .isEqualTo("needs the network");
        assertThat(read("Tests: a\nRestrictions: needs-moonlight\n").get(0).skipped())
                .isEqualTo("restriction needs-moonlight is not known");
        assertThat(read("Tests: a\nDepends: @builddeps@\n").get(0).skipped()).isEqualTo("needs the build dependencies");
        assertThat(read("Tests: a\nArchitecture: s390x\n").get(0).skipped()).isEqualTo("is not for amd64");
        assertThat(read("Tests: a\nArchitecture: !s390x\n").get(0).skipped()).isNull();
    }

    private static List<SourceTest> read(String control) {
        return new DebianTests("/build/source-0", "amd64").read(control);
    }
}

package dev.slipway.worker.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.worker.jobs.Diagnosis;
import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.tools.LogSink;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogDiagnosisTest {
    // acceptance case 57
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            error: Bad exit status from /var/tmp/rpm-tmp.aB (%check)|SPEC_SECTION|the section %check of the spec failed
            No Package found for knot-devel >= 2|UNMET_DEPENDENCY|unmet build dependency: knot-devel >= 2
            No matching package to install: 'knot-devel'|UNMET_DEPENDENCY|unmet build dependency: knot-devel
              - nothing provides far >= 1 needed by near-1-1.x86_64|UNMET_DEPENDENCY|unmet build dependency: far >= 1
            '\tknot-devel is needed by sail-1-1.x86_64'|UNMET_DEPENDENCY|unmet build dependency: knot-devel
            No compatible architectures found for build|ARCH_EXCLUDED|the architecture is not compatible or excluded
            error: Architecture is not included: x86_64|ARCH_EXCLUDED|the architecture is not compatible or excluded
            warning: %post(a-1-1.x86_64) scriptlet: line 1: 42 Hangup|BUILD_HANGUP|the build was hung up; its worker is probably overloaded
            Error: Insufficient space in download directory /var/cache|NO_FREE_SPACE|no space was left on the disk
            cp: error writing 'x': No space left on device|NO_FREE_SPACE|no space was left on the disk
            error: Bad file: /build/SOURCES/a.conf: No such file or directory|MISSING_FILE|the file /build/SOURCES/a.conf is missing
            error: File /build/SOURCES/a.patch: No such file or directory|MISSING_FILE|the file /build/SOURCES/a.patch is missing
            error: %changelog not in descending chronological order|CHANGELOG_ORDER|%changelog is not in descending chronological order
            error: Installed (but unpackaged) file(s) found:|UNPACKAGED|files were installed that no package takes
            failure: repodata/repomd.xml from base: [Errno 256] No more mirrors|REPO|repodata/repomd.xml from base: [Errno 256] No more mirrors
            Error: Failed to download metadata for repo 'base': Cannot download repomd.xml|REPO|repository base: Cannot download repomd.xml
            Timeout(3600) expired for command: rpmbuild|TIMEOUT|the build timed out after 3600 seconds
             builddeps:/slipway/in/a.dsc : Depends: libknot-dev (>= 2) but it is not installable|UNMET_DEPENDENCY|unmet build dependency: libknot-dev (>= 2)
            dh_auto_test: error: make -j2 check returned exit code 2|SPEC_SECTION|dh_auto_test failed
            make: *** [debian/rules:7: override_dh_auto_test] Error 2|SPEC_SECTION|debian/rules override_dh_auto_test failed
            1 out of 2 hunks FAILED -- saving rejects to file knots.c.rej|PATCH_FAILED|a patch does not apply to knots.c
            W: GPG error: http://127.0.0.1:1 x InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 9F2C6B1A04D7E855|REPO|repository http://127.0.0.1:1 is signed with the key 9F2C6B1A04D7E855, not with the one that is pinned for it
            E: Release file for http://127.0.0.1:1/dists/x/InRelease is expired (invalid since 3d). Updates for this repository will not be applied.|REPO|repository: http://127.0.0.1:1/dists/x/InRelease is past the time until which it is valid
            Package knots-1-1.x86_64.rpm is not signed|REPO|package knots-1-1.x86_64.rpm is not signed
            E: Failed to fetch http://127.0.0.1:1/dists/x/InRelease  Could not connect|REPO|repository: http://127.0.0.1:1/dists/x/InRelease: Could not connect
            """)
    void knowsTheSign(String line, Code code, String message) {
        assertThat(LogDiagnosis.ofLine(line)).isEqualTo(new Diagnosis(code, message));
    }

    // acceptance case 57
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gcc -O2 -o knots knots.c",
                "ls: cannot access 'x': No such file or directory",
                "checking whether libm is needed by programs... no",
                "every test that is needed by make check",
                "No package 'knots' found",
                "Building target platforms: x86_64",
                "Hangup",
                "42% of the space is left on device sda1",
                "warning: File listed twice: /usr/bin/knots",
                "* %changelog in descending chronological order",
                "Installed 3 file(s)",
                "Metadata cache created.",
                "Timeout is set to 3600 for this command",
                "Hunk #1 succeeded at 3.",
                "+ exit 0"
            })
    void saysNothingAboutOtherLines(String line) {
        assertThat(LogDiagnosis.ofLine(line)).isNull();
    }

    @Test
    void prefersTheCauseToItsConsequence() {
        assertThat(diagnose("Hunk #1 FAILED at 3.\nerror: Bad exit status from /var/tmp/rpm-tmp.a (%prep)\n"))
                .extracting(Diagnosis::code)
                .isEqualTo(Code.PATCH_FAILED);
        assertThat(diagnose("error: Bad exit status from /var/tmp/rpm-tmp.a (%prep)\nHunk #1 FAILED at 3.\n"))
                .extracting(Diagnosis::code)
                .isEqualTo(Code.PATCH_FAILED);
    }

    @Test
    void readsLinesThatComeInPieces() {
        LogDiagnosis diagnosis = new LogDiagnosis(LogSink.NONE);
        for (byte one : "error: %changelog not in descending chronological order\n".getBytes(StandardCharsets.UTF_8)) {
            diagnosis.write(new byte[] {one}, 0, 1);
        }
        assertThat(diagnosis.found()).isNotNull();
    }

    private static Diagnosis diagnose(String log) {
        LogDiagnosis diagnosis = new LogDiagnosis(LogSink.NONE);
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        diagnosis.write(bytes, 0, bytes.length);
        return diagnosis.foundOr(Code.INVALID_JOB, "nothing found");
    }
}

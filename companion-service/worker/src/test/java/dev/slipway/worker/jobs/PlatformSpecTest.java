package dev.slipway.worker.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.worker.roots.Recipe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlatformSpecTest {
    private static final Map<String, Object> ROOT =
            Map.of("type", "mmdebstrap", "suite", "bookworm", "include", List.of("gcc"));

    @Test
    void theTestRootIsMinimalUnlessGiven() {
        assertThat(PlatformSpec.of("p", "deb", "12", Map.of("root", ROOT)).testRoot())
                .isEqualTo(new Recipe.Mmdebstrap("bookworm", "minbase", List.of(), List.of("main"), null, null));
    }

    @Test
    void limitsThatAreNotGivenAreTheUsualOnes() {
        PlatformSpec spec = PlatformSpec.of(
                "p", "deb", "12", Map.of("root", ROOT, "timeout", 60, "limits", Map.of("memory_mb", 100)));
        assertThat(spec.limits().time()).isEqualTo(Duration.ofSeconds(60));
        assertThat(spec.limits().memoryMb()).isEqualTo(100);
        assertThat(spec.limits().processes()).isEqualTo(2000);
    }

    @Test
    void membersOfTheCompanionsAreLeftAlone() {
        PlatformSpec spec =
                PlatformSpec.of("p", "rpm", "9", Map.of("root", ROOT, "sign_required", true, "tests", "auto"));
        assertThat(spec.format()).isEqualTo(PackageFormat.RPM);
    }

    @Test
    void errorsNameThePlatformAndTheMember() {
        assertRefused(Map.of(), "platform p: root.type is missing");
        assertRefused(
                Map.of("root", Map.of("type", "docker")), "platform p: root.type is mmdebstrap, dnf, tar or host");
        assertRefused(
                Map.of("root", Map.of("type", "mmdebstrap", "suite", "--x")),
                "platform p: root.suite is not well-formed: \"--x\"");
        assertRefused(
                Map.of("root", Map.of("type", "mmdebstrap", "suite", "sid", "includes", List.of())),
                "platform p: root.includes is not known here");
        assertRefused(
                Map.of("root", Map.of("type", "tar", "url", "ftp://x", "sha256", "0")), "platform p: root.url is not");
        assertRefused(
                Map.of("root", ROOT, "limits", Map.of("memory_mb", "much")),
                "platform p: limits.memory_mb is to be a whole number from 32");
        assertRefused(
                Map.of("root", ROOT, "macros", Map.of("a b", "c")), "platform p: macros.a b is not a well-formed name");
    }

    private static void assertRefused(Map<String, Object> data, String message) {
        assertThatThrownBy(() -> PlatformSpec.of("p", "deb", "12", data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}

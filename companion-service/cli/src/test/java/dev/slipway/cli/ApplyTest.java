package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ApplyTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    @TempDir
    Path directory;

    private final String platform = Farm.unique("el");

    private Cli.Ran apply(String yaml, String... more) {
        try {
            Path file = Files.writeString(directory.resolve("declared.yaml"), yaml);
            String[] line = new String[more.length + 2];
            line[0] = "apply";
            line[1] = file.toString();
            System.arraycopy(more, 0, line, 2, more.length);
            return Cli.admin(companion).run(line);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String platformYaml(String... arches) {
        return """
                platforms:
                  - name: %s
                    type: rpm
                    distr_type: el
                    distr_version: "9"
                    test_dist_name: el
                    arch_list: [%s]
                    data: {root: {type: host}}
                """.formatted(platform, String.join(", ", arches));
    }

    @Test
    void whatIsNotThereIsCreated() {
        Cli.Ran ran = apply(platformYaml("x86_64"));

        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(ran.out().lines().skip(1)).containsExactly("platform  " + platform + "  created");
        assertThat(companion.value("select count(*) from platform where name = '" + platform + "'"))
                .isEqualTo("1");
    }

    @Test
    void whatIsTheSameIsLeftAsItIs() {
        apply(platformYaml("x86_64"));
        String before = companion.value("select revision from platform where name = '" + platform + "'");

        Cli.Ran again = apply(platformYaml("x86_64"));

        assertThat(again.out()).contains(platform + "  unchanged");
        assertThat(companion.value("select revision from platform where name = '" + platform + "'"))
                .isEqualTo(before);
    }

    @Test
    void whatDiffersIsUpdated() {
        apply(platformYaml("x86_64"));

        Cli.Ran again = apply(platformYaml("x86_64", "i686"));

        assertThat(again.out()).contains(platform + "  updated");
    }

    @Test
    void whatTheFileDoesNotNameIsLeftAlone() {
        String other = new Farm(companion).platform("deb", "amd64");
        String before = companion.value("select revision from platform where name = '" + other + "'");

        apply(platformYaml("x86_64"));

        assertThat(companion.value("select revision from platform where name = '" + other + "'"))
                .isEqualTo(before);
    }

    @Test
    void keysRepositoriesAndDistributionsAreMadeInTheirOrder() throws IOException {
        String name = Farm.unique("release");
        Files.writeString(
                directory.resolve("release.asc"),
                SampleKeys.fresh().certificate().armored());

        String yaml = platformYaml("x86_64") + """
                sign_keys:
                  - {name: %1$s, certificate_file: release.asc, platforms: [%2$s]}
                repositories:
                  - {name: %1$s-tools, arch: x86_64, type: rpm, channel: %1$s-tools}
                distributions:
                  - {name: %1$s, platforms: [%2$s], sign_key: %1$s}
                """.formatted(name, platform);

        Cli.Ran ran = apply(yaml, "--json");

        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(ran.json().findValuesAsText("kind"))
                .containsExactly("platform", "sign key", "repository", "distribution");
        assertThat(ran.json().findValuesAsText("what")).containsOnly("created");
        assertThat(apply(yaml, "--json").json().findValuesAsText("what")).containsOnly("unchanged");
    }

    @Test
    void anUnknownMemberIsNamedWithItsPlaceAndNothingIsDone() {
        Cli.Ran ran = apply(platformYaml("x86_64") + "    prioritty: 7\n");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).contains("declared.yaml: platforms[0].prioritty is not known here; known are: ");
        assertThat(companion.value("select count(*) from platform where name = '" + platform + "'"))
                .isEqualTo("0");
    }

    @Test
    void whatIsNoYamlIsNamedWithItsLine() {
        Cli.Ran ran = apply("platforms:\n  - name: 'el9\n");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).containsPattern("declared\\.yaml, line [23]: ");
    }

    @Test
    void aValueOfTheWrongKindIsNamedWithItsPlace() {
        Cli.Ran ran = apply("platforms:\n  - name: {a: b}\n");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("declared.yaml: platforms[0].name: ");
    }

    @Test
    void whatTheCompanionRefusesIsNamed() {
        Cli.Ran ran = apply(platformYaml("'x86 64'"));

        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).contains("x86 64");
    }

    @Test
    void whatWasDoneBeforeARefusalIsShown() {
        Cli.Ran ran = apply(platformYaml("x86_64") + """
                distributions:
                  - {name: %s-stable, platforms: [%s], sign_key: nobodys}
                """.formatted(platform, platform));

        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.err()).contains("there is no active sign key nobodys");
        assertThat(ran.out()).contains(platform, "created").doesNotContain(platform + "-stable");
    }

    @Test
    void aKeyForAPlatformThatIsNotThereIsRefused() {
        Cli.Ran ran = apply("sign_keys: [{name: k, certificate: x, platforms: [no-such]}]\n");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("no-such");
    }
}

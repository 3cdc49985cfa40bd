package dev.slipway.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.packages.fixtures.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebVersionTest {

    @Test
    void takesEpochUpstreamAndRevisionApart() {
        var version = DebVersion.parse("2:1.0-rc1-3~deb12u1");

        assertThat(version.epoch()).isEqualTo(2);
        assertThat(version.upstream()).isEqualTo("1.0-rc1");
        assertThat(version.revision()).isEqualTo("3~deb12u1");
        assertThat(version.withoutEpoch()).isEqualTo("1.0-rc1-3~deb12u1");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0~rc1, 1.0",
        "1.0~~, 1.0~",
        "1.0, 1.0a",
        "1.0a, 1.0+",
        "1.9, 1.10",
        "1.0-1, 1.0-1.1",
        "1.0-9, 1:0.1-1",
        "0.99999999999999999999, 0.100000000000000000000",
        "1.0-1~deb12u1, 1.0-1"
    })
    void ordersAsPolicySays(String earlier, String later) {
        assertThat(DebVersion.parse(earlier)).isLessThan(DebVersion.parse(later));
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1.00", "1, 1-0", "0:1, 1", "1.0a0, 1.0a"})
    void differentTextsMayBeTheSameVersion(String a, String b) {
        assertThat(DebVersion.parse(a))
                .isEqualByComparingTo(DebVersion.parse(b))
                .isNotEqualTo(DebVersion.parse(b));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a1", "1-", "x:1", ":1", "1 2", "1/2", "1:", "1_2", "12345678901:1", "1-\u00e9"})
    void refusesWhatDpkgRefuses(String text) {
        assertThatThrownBy(() -> DebVersion.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Command.of("dpkg", "--validate-version", text).exec().exit()).isNotZero();
    }

    @Provide
    Arbitrary<DebVersion> versions() {
        var part = Arbitraries.of("0", "1", "00", "10", "9", "a", "b", "Z", ".", "+", "~", "rc")
                .list()
                .ofMinSize(0)
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
        return Combinators.combine(Arbitraries.of("", "0:", "1:"), Arbitraries.of("0", "1", "2"), part, part)
                .as((epoch, digit, upstream, revision) ->
                        DebVersion.parse(epoch + digit + upstream + (revision.isEmpty() ? "" : "-" + revision)));
    }

    @Property
    void theOrderIsAntisymmetric(@ForAll("versions") DebVersion a, @ForAll("versions") DebVersion b) {
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
    }

    @Property
    void theOrderIsTransitive(
            @ForAll("versions") DebVersion a, @ForAll("versions") DebVersion b, @ForAll("versions") DebVersion c) {
        var sorted = new ArrayList<>(List.of(a, b, c));
        sorted.sort(null);

        assertThat(sorted.get(0)).isLessThanOrEqualTo(sorted.get(2));
    }

    @Property
    void aTildeIsEarlierThanNothing(@ForAll("versions") DebVersion version) {
        assertThat(DebVersion.parse(version.text() + "~")).isLessThan(version);
    }

    /** Random pairs, judged by dpkg in one run of a shell. */
    @Test
    void agreesWithDpkg() {
        var random = new Random(7);
        var pairs = new ArrayList<DebVersion>();
        var script = new StringBuilder();
        for (var i = 0; i < 300; i++) {
            var a = random(random);
            var b = random.nextInt(4) == 0 ? DebVersion.parse(a.text() + "~") : random(random);
            pairs.addAll(List.of(a, b));
            script.append(
                    "if dpkg --compare-versions '%1$s' lt '%2$s'; then echo -1; elif dpkg --compare-versions '%1$s' eq '%2$s'; then echo 0; else echo 1; fi%n"
                            .formatted(a, b));
        }

        var verdicts = Command.of("sh", "-c", script).run().text().lines().toList();

        for (var i = 0; i < verdicts.size(); i++) {
            var a = pairs.get(2 * i);
            var b = pairs.get(2 * i + 1);
            assertThat(Integer.signum(a.compareTo(b)))
                    .as("%s against %s", a, b)
                    .isEqualTo(Integer.parseInt(verdicts.get(i)));
        }
    }

    private static DebVersion random(Random random) {
        var parts = List.of("0", "1", "007", "10", "a", "b", "Z", ".", "+", "~", "-");
        var text = new StringBuilder(List.of("1", "2:0", "0:3").get(random.nextInt(3)));
        for (var i = random.nextInt(7); i > 0; i--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return DebVersion.parse(text.append('1').toString());
    }
}

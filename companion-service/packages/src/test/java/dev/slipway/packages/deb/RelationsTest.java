package dev.slipway.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.packages.deb.Relation.Operator;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelationsTest {

    @Test
    void readsNamesVersionsAndAlternatives() {
        var relations = Relations.parse("libc6 (>= 2.36), debconf (>= 0.5) | debconf-2.0");

        assertThat(relations).hasSize(2);
        var alternative = relations.get(1).alternatives().get(0);
        assertThat(alternative.name()).isEqualTo("debconf");
        assertThat(alternative.constraint())
                .isEqualTo(new Relation.Constraint(Operator.LATER_OR_EQUAL, DebVersion.parse("0.5")));
    }

    @Test
    void readsEverythingThatBuildDependenciesMaySay() {
        var alternative = Relations.parse("python3:any(>=3.9)[linux-any !armel]<!nocheck !stage1> <cross>")
                .get(0)
                .alternatives()
                .get(0);

        assertThat(alternative.qualifier()).isEqualTo("any");
        assertThat(alternative.architectures()).containsExactly("linux-any", "!armel");
        assertThat(alternative.profiles()).containsExactly(List.of("!nocheck", "!stage1"), List.of("cross"));
        assertThat(alternative).hasToString("python3:any (>= 3.9) [linux-any !armel] <!nocheck !stage1> <cross>");
    }

    @Test
    void passesOverEmptyElements() {
        assertThat(Relations.parse(" a ,, b, ")).extracting(Relation::toString).containsExactly("a", "b");
        assertThat(Relations.parse("")).isEmpty();
    }

    @Test
    void readsDeprecatedOperatorsAsTheyWereMeant() {
        assertThat(Relations.parse("a (< 1), b (> 1)"))
                .extracting(Relation::toString)
                .containsExactly("a (<= 1)", "b (>= 1)");
    }

    @ParameterizedTest
    @CsvSource({
        "<<, 1, 2, true",
        "<<, 2, 2, false",
        "<=, 2, 2, true",
        "=, 2, 2-0, true",
        ">=, 1, 2, false",
        ">>, 3, 2, true"
    })
    void comparesVersionsByTheOperator(String operator, String there, String wanted, boolean holds) {
        var alternative = Relations.parse("a (" + operator + " " + wanted + ")")
                .get(0)
                .alternatives()
                .get(0);
        var constraint = Objects.requireNonNull(alternative.constraint());

        assertThat(constraint.operator().holds(DebVersion.parse(there), constraint.version()))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a (",
                "a (1)",
                "a (>= )",
                "a (=> 1)",
                "a (>= 1) b",
                "a |",
                "| a",
                "(>= 1)",
                "a [",
                "a b",
                "a (>= x)",
                "-a"
            })
    void refusesMalformedRelations(String text) {
        assertThatThrownBy(() -> Relations.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHostileFieldCostsLittleTime() {
        var hostile = "a " + "<b ".repeat(20_000) + "(".repeat(20_000) + " ".repeat(100_000);

        Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> Relations.parse(hostile)).isInstanceOf(IllegalArgumentException.class));
    }
}

package dev.slipway.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:p%40ss@db:5433/slipway?sslmode=require",
                "postgres://u:p%40ss@db:5433/slipway?sslmode=require",
                "jdbc:postgresql://u:p%40ss@db:5433/slipway?sslmode=require"
            })
    void readsTheUsualForms(String url) {
        assertThat(DatabaseAddress.parse(url))
                .isEqualTo(new DatabaseAddress("jdbc:postgresql://db:5433/slipway?sslmode=require", "u", "p@ss"));
    }

    @Test
    void takesAnAddressWithoutAUser() {
        assertThat(DatabaseAddress.parse("postgresql://db/slipway"))
                .isEqualTo(new DatabaseAddress("jdbc:postgresql://db/slipway", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://u:secret@db/x", "postgresql://u:secret@db", "secret", "postgresql:// secret"})
    void refusesOthersWithoutRepeatingWhatMayBeAPassword(String url) {
        assertThatThrownBy(() -> DatabaseAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void doesNotShowThePassword() {
        assertThat(DatabaseAddress.parse("postgresql://u:secret@db/slipway?password=secret"))
                .asString()
                .doesNotContain("secret");
    }
}

package dev.slipway.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.auth.TokenSource;
import dev.slipway.client.connection.ConnectionReport.Outcome;
import dev.slipway.server.testing.CompanionExtension;
import java.util.List;
import java.util.Objects;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectionToACompanionTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static ConnectionReport check(TokenSource tokens) {
        return new ConnectionCheck(new OkHttpClient(), companion.url().toString()).run(tokens);
    }

    @Test
    void aCompanionSaysItsVersionAndWhatTheTokenMayDo() {
        ConnectionReport report = check(TokenSource.fixed(Objects.requireNonNull(
                companion.token("jenkins", List.of("builds:create")).token())));
        assertThat(report.outcome()).isEqualTo(Outcome.CONNECTED);
        assertThat(report.version()).isNotEmpty();
        assertThat(report.user()).isEqualTo("jenkins");
        assertThat(report.scopes()).containsExactly("builds:create", "tokens:status");
    }

    @Test
    void aCompanionRefusesATokenThatItDidNotIssue() {
        assertThat(check(TokenSource.fixed("not-a-token-of-yours")).outcome()).isEqualTo(Outcome.REFUSED);
    }
}

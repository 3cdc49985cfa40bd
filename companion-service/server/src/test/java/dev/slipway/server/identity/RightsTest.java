package dev.slipway.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.identity.Role;
import dev.slipway.api.identity.Scopes;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RightsTest {
    private static final long DEMO = 1;
    private static final long OTHER = 2;

    @Test
    void giveThoseWithoutRolesNoMoreThanEveryoneHas() {
        assertThat(Rights.of(List.of()).everywhere()).isEqualTo(Scopes.ofEveryone());
    }

    @Test
    void giveARoleThatIsHeldEverywhereOnEveryDistribution() {
        Rights rights = Rights.of(List.of(new Rights.Held(Role.RELEASER, null)));

        assertThat(rights.allowEverywhere(Scopes.RELEASES_COMMIT)).isTrue();
        assertThat(rights.allowOn(OTHER, Scopes.RELEASES_COMMIT)).isTrue();
    }

    @Test
    void giveARoleThatIsHeldOnADistributionOnThatOneAlone() {
        Rights rights = Rights.of(List.of(new Rights.Held(Role.RELEASER, DEMO)));

        assertThat(rights.allow(Scopes.RELEASES_COMMIT)).isTrue();
        assertThat(rights.allowOn(DEMO, Scopes.RELEASES_COMMIT)).isTrue();
        assertThat(rights.allowOn(OTHER, Scopes.RELEASES_COMMIT)).isFalse();
        assertThat(rights.allowEverywhere(Scopes.RELEASES_COMMIT)).isFalse();
    }

    @Test
    void makeAnAdministratorOfADistributionNoAdministratorOfUsers() {
        Rights rights = Rights.of(List.of(new Rights.Held(Role.ADMIN, DEMO)));

        assertThat(rights.allowOn(DEMO, Scopes.DISTRIBUTIONS_UPDATE)).isTrue();
        for (String scope : List.of(
                Scopes.USERS_MANAGE,
                Scopes.GRANTS_MANAGE,
                Scopes.TEAMS_MANAGE,
                Scopes.AUDIT_READ,
                Scopes.DISTRIBUTIONS_MANAGE,
                Scopes.BUILDS_MANAGE,
                Scopes.SIGN_KEYS_CREATE)) {
            assertThat(rights.allow(scope)).as(scope).isFalse();
        }
    }

    @Test
    void letThoseSeeWhoMayActOnADistribution() {
        Rights rights = Rights.of(List.of(new Rights.Held(Role.SIGNER, DEMO)));

        assertThat(rights.allowEverywhere(Scopes.BUILDS_READ)).isTrue();
    }

    @Test
    void addUpOverSeveralRoles() {
        Rights rights = Rights.of(List.of(new Rights.Held(Role.BUILDER, null), new Rights.Held(Role.SIGNER, DEMO)));

        assertThat(rights.allow(Scopes.BUILDS_CREATE)).isTrue();
        assertThat(rights.allowOn(DEMO, Scopes.SIGN_TASKS_CREATE)).isTrue();
    }

    @Test
    void boundNoServiceThatWasNeverGrantedAnything() {
        assertThat(Rights.OF_ITS_TOKENS.allowOn(OTHER, Scopes.RELEASES_COMMIT)).isTrue();
    }

    @Test
    void openNothingThatTheTokenLacks() {
        Caller caller = new Caller(
                1,
                "ada",
                1L,
                "test",
                Set.of(Scopes.BUILDS_READ),
                Rights.of(List.of(new Rights.Held(Role.ADMIN, null))),
                null,
                "127.0.0.1",
                "trace");

        assertThat(caller.may(Scopes.BUILDS_READ)).isTrue();
        assertThat(caller.may(Scopes.BUILDS_CREATE)).isFalse();
        assertThat(caller.mayOn(DEMO, Scopes.RELEASES_COMMIT)).isFalse();
    }
}

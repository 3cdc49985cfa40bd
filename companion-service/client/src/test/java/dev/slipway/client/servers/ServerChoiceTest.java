package dev.slipway.client.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.client.servers.ChosenServer.Reference;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerChoiceTest {
    private static final ServerSettings MAIN =
            new ServerSettings("main", "https://main.example/", "admin-token", "admin-ca", Duration.ofMinutes(5));
    private static final ServerSettings OTHER = new ServerSettings("other", "https://other.example", null, null, null);
    private static final ServerLevel GLOBAL = new ServerLevel("Jenkins", null, List.of(MAIN, OTHER));

    private static ServerSettings entry(String id, @Nullable String url, @Nullable String credentials) {
        return new ServerSettings(id, url, credentials, null, null);
    }

    private static ServerLevel folder(String name, ServerSettings... servers) {
        return new ServerLevel(name, null, List.of(servers));
    }

    private static ChosenServer choose(@Nullable String wanted, ServerLevel... folders) throws NoServerException {
        return new ServerChoice(GLOBAL, false).choose(wanted, List.of(folders));
    }

    @Test
    void theFirstGlobalServerIsTheDefault() throws Exception {
        assertThat(choose(null).id()).isEqualTo("main");
    }

    @Test
    void theNearestFolderChoosesTheDefault() throws Exception {
        ServerLevel near = new ServerLevel("a/b", "other", List.of());
        ServerLevel far = new ServerLevel("a", "main", List.of());
        assertThat(choose(null, near, far).id()).isEqualTo("other");
    }

    @Test
    void whatTheCallerAsksForWins() throws Exception {
        assertThat(choose("other", new ServerLevel("a", "main", List.of())).url())
                .isEqualTo("https://other.example/");
    }

    @Test
    void whatTheAdministratorChoseIsMarkedSo() throws Exception {
        assertThat(choose("main").credentials()).isEqualTo(new Reference("admin-token", true));
    }

    @Test
    void aFolderMayBringItsOwnCredentials() throws Exception {
        ChosenServer chosen = choose("main", folder("a", entry("main", null, "team-token")));
        assertThat(chosen.credentials()).isEqualTo(new Reference("team-token", false));
        assertThat(chosen.url()).isEqualTo("https://main.example/");
        assertThat(chosen.patience()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theNearestFolderHasTheLastWord() throws Exception {
        ServerLevel near = folder("a/b", entry("main", null, "near"));
        ServerLevel far = folder("a", entry("main", null, "far"));
        assertThat(choose("main", near, far).credentials()).isEqualTo(new Reference("near", false));
    }

    @Test
    void aFolderMayNotMoveAServer() {
        assertThatThrownBy(() -> choose("main", folder("a", entry("main", "https://evil.example", null))))
                .isInstanceOf(NoServerException.class)
                .hasMessageContaining("a names an address of its own for the Slipway server main");
    }

    @Test
    void aFolderMayNotAddAServer() {
        assertThatThrownBy(() -> choose("mine", folder("a", entry("mine", "https://mine.example", "x"))))
                .hasMessageContaining("does not allow to folders");
    }

    @Test
    void repeatingTheAddressIsNoMove() throws Exception {
        ChosenServer chosen = choose("main", folder("a", entry("main", "https://main.example", null)));
        assertThat(chosen.credentials()).isEqualTo(new Reference("admin-token", true));
    }

    @Test
    void anAllowedMoveNeverTakesCredentialsAlong() throws Exception {
        ChosenServer chosen = new ServerChoice(GLOBAL, true)
                .choose("main", List.of(folder("a", entry("main", "https://team.example", null))));
        assertThat(chosen.url()).isEqualTo("https://team.example/");
        assertThat(chosen.credentials()).isNull();
        assertThat(chosen.authority()).isNull();
    }

    @Test
    void aFolderOnlyRefinesWhatIsThere() {
        assertThatThrownBy(() -> choose("ghost", folder("a", entry("ghost", null, "x"))))
                .hasMessageContaining("no level above it says where that is");
    }

    @Test
    void anUnknownIdIsNamedTogetherWithTheKnownOnes() {
        assertThatThrownBy(() -> choose("nope"))
                .hasMessage("no Slipway server has the id nope; configured are: [main, other]");
    }

    @Test
    void nothingConfiguredSaysWhereToConfigure() {
        ServerChoice empty = new ServerChoice(new ServerLevel("Jenkins", null, List.of()), false);
        assertThatThrownBy(() -> empty.choose(null, List.of()))
                .isInstanceOfSatisfying(
                        NoServerException.class,
                        e -> assertThat(e.unconfigured()).isTrue())
                .hasMessageContaining("Manage Jenkins");
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        ServerChoice broken = new ServerChoice(
                new ServerLevel("Jenkins", null, List.of(entry("main", "javascript:alert(1)", null))), false);
        assertThatThrownBy(() -> broken.choose("main", List.of()))
                .hasMessageContaining("no plain http or https address");
    }
}

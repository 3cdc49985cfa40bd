package dev.slipway.server.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogueSourcesTest {
    @Test
    void takesFoldersAndAddresses() {
        assertThat(CatalogueSources.parse("alma=/srv/git,\n alma/modularity=https://git.example/api/orgs/m/repos?a=b")
                        .byName())
                .containsEntry("alma", "/srv/git")
                .containsEntry("alma/modularity", "https://git.example/api/orgs/m/repos?a=b");
    }

    @Test
    void nothingIsNoCatalogue() {
        assertThat(CatalogueSources.parse(" ").byName()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alma",
                "=/srv",
                "Alma=/srv",
                "a/b/c=/srv",
                "alma=srv",
                "alma=ftp://git.example/",
                "alma=https://u:p@git.example/",
                "alma=/a alma=/b"
            })
    void refusesWhatIsNone(String setting) {
        assertThatThrownBy(() -> CatalogueSources.parse(setting)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsTheListOfAnOrganisation() throws IOException {
        assertThat(WebListing.read("""
                [{"name": "bash", "clone_url": "https://git.example/rpms/bash.git", "updated_at": "2026-01-02T03:04:05Z"},
                 {"http_url_to_repo": "https://git.example/rpms/zsh.git"}, {"name": "no address"},
                 {"name": "sly", "clone_url": "file:///etc/passwd"}]
                """))
                .containsExactly(
                        new Listed("bash", "https://git.example/rpms/bash.git", "2026-01-02T03:04:05Z"),
                        new Listed("zsh", "https://git.example/rpms/zsh.git", null));
    }

    @Test
    void readsAListOfAddresses() throws IOException {
        assertThat(WebListing.read("# ours\nhttps://git.example/a.git\n\nhttps://git.example/b/\n"))
                .containsExactly(
                        new Listed("a", "https://git.example/a.git", null),
                        new Listed("b", "https://git.example/b/", null));
    }
}

package dev.slipway.server.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class BuildRemovalTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Farm farm = new Farm(companion);

    private static TestResponse remove(long id) {
        return companion.admin().delete("/api/v1/builds/" + id + "/remove");
    }

    private static int status(String path) {
        return companion.admin().get(path).status();
    }

    @Test
    void aRemovedBuildIsGoneWithTheRepositoriesItServed() {
        Build build = farm.built(farm.worker("src", "x86_64"), farm.platform("rpm", "x86_64"), "leadline");
        String served = URI.create(build.repositories().get(0).url()).getPath() + "repodata/repomd.xml";
        assertThat(status(served)).isEqualTo(200);

        assertThat(remove(build.id()).status()).isBetween(200, 204);

        assertThat(status("/api/v1/builds/" + build.id() + "/")).isEqualTo(404);
        assertThat(status(served)).isEqualTo(404);
    }

    @Test
    void aBuildThatIsNotThereCannotBeRemoved() {
        assertThat(remove(4711).status()).isEqualTo(404);
    }
}

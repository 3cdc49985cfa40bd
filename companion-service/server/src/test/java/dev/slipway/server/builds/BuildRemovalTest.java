package dev.slipway.server.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    // acceptance case 28
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

    private Build built() {
        return farm.built(farm.worker("src", "x86_64"), farm.platform("rpm", "x86_64"), Farm.unique("leadline"));
    }

    private static void assertRefused(Build build, String because) {
        TestResponse answer = remove(build.id());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("detail").asText()).contains(because);
        assertThat(status("/api/v1/builds/" + build.id() + "/")).isEqualTo(200);
    }

    // acceptance case 28
    @Test
    void aBuildInADistributionStays() {
        farm.clear();
        Build build = built();
        String distribution = Farm.unique("dist");
        String platform = build.tasks().get(0).platform().name();
        companion.admin().post("/api/v1/distributions/", Map.of("name", distribution, "platforms", List.of(platform)));
        companion.admin().send("POST", "/api/v1/distributions/add/" + build.id() + "/" + distribution + "/", null);

        assertRefused(build, distribution);
    }

    // acceptance case 28
    @Test
    void aReleasedBuildStays() {
        farm.clear();
        Build build = built();
        companion.value("update build set released = true where id = " + build.id() + " returning id");

        assertRefused(build, "is released");
    }

    // acceptance case 28
    @Test
    void aBuildThatAnotherOneUsesStays() {
        farm.clear();
        Build build = built();
        Map<String, Object> request = new HashMap<>(Farm.request(farm.platform("rpm", "x86_64"), "tender"));
        request.put("linked_builds", List.of(build.id()));
        Build other = farm.build(companion.admin(), request);

        assertRefused(build, "linked by the build " + other.id());
    }

    @Test
    void aBuildThatIsAtWorkStays() {
        farm.clear();
        Build build = farm.build(farm.platform("rpm", "x86_64"), "tender");
        farm.worker("src").claim();

        assertRefused(build, "cancel it first");
    }
}

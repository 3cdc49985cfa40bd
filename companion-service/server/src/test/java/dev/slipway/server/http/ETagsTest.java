package dev.slipway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Entity tags over HTTP, of things with a revision and of things without. */
final class ETagsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final String STALE = "\"stale\"";

    private final Farm farm = new Farm(companion);

    private Build build() {
        return farm.build(farm.platform("rpm", "x86_64"), "tally");
    }

    private static String path(Build build) {
        return "/api/v1/builds/" + build.id() + "/";
    }

    private static TestResponse patch(String path, String tag) {
        return companion.admin().with("If-Match", tag).send("PATCH", path, null);
    }

    @Test
    void tellsWhoHasABuildAlreadyThatItIsTheSame() {
        Build build = build();
        TestResponse first = companion.admin().get(path(build));

        TestResponse again =
                companion.admin().with("If-None-Match", first.header("ETag")).get(path(build));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.bytes()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    }

    @Test
    void givesABuildAnotherTagWhenOneOfItsTasksChanges() {
        farm.clear();
        Build build = build();
        String before = companion.admin().get(path(build)).header("ETag");
        farm.worker("src", "x86_64").claim();

        TestResponse after = companion.admin().with("If-None-Match", before).get(path(build));

        assertThat(after.status()).isEqualTo(200);
        assertThat(after.header("ETag")).isNotEqualTo(before);
    }

    @Test
    void tagsATaskToo() {
        Build build = build();
        String path = "/api/v1/tasks/" + build.tasks().get(0).id();
        String tag = companion.admin().get(path).header("ETag");

        assertThat(companion.admin().with("If-None-Match", "W/" + tag).get(path).status())
                .isEqualTo(304);
    }

    @Test
    void changesABuildOnlyWhenItIsStillTheOneThatWasRead() {
        Build build = build();
        String tag = companion.admin().get(path(build)).header("ETag");

        assertThat(patch(path(build) + "cancel", STALE).status()).isEqualTo(412);
        assertThat(farm.get(build.id()).state()).isEqualTo("running");
        assertThat(patch(path(build) + "cancel", tag).status()).isEqualTo(200);
        assertThat(patch(path(build) + "cancel", tag).status()).isEqualTo(412);
    }

    @Test
    void removesABuildOnlyWhenItIsStillTheOneThatWasRead() {
        Build build = build();
        companion.admin().send("PATCH", path(build) + "cancel", null);

        TestResponse stale = companion.admin().with("If-Match", STALE).delete(path(build) + "remove");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.problem()).isEqualTo("stale");
        String tag = companion.admin().get(path(build)).header("ETag");
        assertThat(companion
                        .admin()
                        .with("If-Match", tag)
                        .delete(path(build) + "remove")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void changesAPlatformsRepositoriesOnlyAtTheRevisionThatWasRead() {
        farm.platform("rpm", "x86_64");
        long id = Long.parseLong(companion.value("select max(id) from platform"));
        String path = "/api/v1/platforms/" + id;
        String tag = companion.admin().get(path).header("ETag");

        TestResponse stale = companion.admin().with("If-Match", STALE).patch(path + "/remove-repositories", List.of());
        TestResponse changed = companion.admin().with("If-Match", tag).patch(path + "/remove-repositories", List.of());

        assertThat(stale.status()).isEqualTo(412);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void changesARepositorysPackagesOnlyAtTheContentThatWasRead() {
        String name = Farm.unique("tides");
        TestResponse made = companion
                .admin()
                .post("/api/v1/repositories/", Map.of("name", name, "arch", "x86_64", "type", "rpm", "channel", name));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String path = made.header("Location");
        String tag = companion.admin().get(path).header("ETag");

        assertThat(companion
                        .admin()
                        .with("If-Match", STALE)
                        .patch(path + "packages", Map.of("remove", List.of()))
                        .status())
                .isEqualTo(412);
        assertThat(companion
                        .admin()
                        .with("If-Match", tag)
                        .patch(path + "packages", Map.of("remove", List.of()))
                        .status())
                .isNotEqualTo(412);
    }
}

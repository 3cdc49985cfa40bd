package dev.slipway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.api.contract.Contract;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Entity tags over HTTP, of things with a revision and of things without. */
final class ETagsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final String STALE = "\"stale\"";

    private static Map<String, Edits.Edit> edits;

    private final Farm farm = new Farm(companion);

    @BeforeAll
    static void makeThings() {
        edits = new Edits(companion).make();
    }

    private static Edits.Edit edit(String operation) {
        return Objects.requireNonNull(edits.get(operation), operation);
    }

    /** What changes one thing; what a worker sends is bound to its lease instead. */
    static Stream<Contract.Operation> changesOfOneThing() {
        return Contract.instance().operations().stream()
                .filter(operation -> List.of("PUT", "PATCH").contains(operation.method()))
                .filter(operation -> Contract.instance().parameters(operation).stream()
                        .noneMatch(parameter -> parameter.path("name").asText().equals("Slipway-Lease")));
    }

    @ParameterizedTest
    @MethodSource("changesOfOneThing")
    void refusesAChangeThatIsBasedOnWhatIsNoMore(Contract.Operation operation) {
        assertThat(edits).as("requests of this test").containsKey(operation.id());
        Edits.Edit edit = edit(operation.id());

        TestResponse answer = companion.admin().with("If-Match", STALE).send(edit.method(), edit.path(), edit.json());

        assertThat(answer.status()).as(answer.toString()).isEqualTo(412);
        assertThat(answer.problem()).isEqualTo("stale");
    }

    @Test
    void bansAnAccountOnlyWhenItIsStillWhatWasRead() {
        Edits.Edit ban = edit("updateUser");
        String tag = companion.admin().get(ban.path()).header("ETag");

        TestResponse banned = companion.admin().with("If-Match", tag).patch(ban.path(), ban.body());
        TestResponse again = companion.admin().with("If-Match", tag).patch(ban.path(), ban.body());

        assertThat(banned.status()).as(banned.toString()).isEqualTo(200);
        assertThat(banned.header("ETag")).isNotEqualTo(tag);
        assertThat(again.status()).isEqualTo(412);
    }

    @Test
    void keepsAWorkersTagWhileItIsOnlyHeardOf() {
        String path = edit("updateWorker").path();
        String tag = companion
                .admin()
                .get("/api/v1/workers/" + path.replaceAll(".*/", ""))
                .header("ETag");
        companion.value("update worker set last_seen_at = now() returning id");

        TestResponse drained = companion.admin().with("If-Match", tag).patch(path, Map.of("draining", true));

        assertThat(drained.status()).as(drained.toString()).isEqualTo(200);
        assertThat(drained.header("ETag")).isNotEqualTo(tag);
        companion.admin().patch(path, Map.of("draining", false));
    }

    @Test
    void putsABlobInPlaceOfTheOneThatWasReadAlone() {
        String path = "/api/v1/blobs/" + Farm.unique("blob");
        TestResponse nothing = companion.admin().with("If-Match", "*").putBytes(path, new byte[1]);
        String tag = companion.admin().putBytes(path, new byte[2]).header("ETag");
        TestResponse changed = companion.admin().with("If-Match", tag).putBytes(path, new byte[3]);
        TestResponse late = companion.admin().with("If-Match", tag).delete(path);

        assertThat(nothing.status()).isEqualTo(412);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(late.status()).isEqualTo(412);
        assertThat(companion.admin().get(path).bytes()).hasSize(3);
    }

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

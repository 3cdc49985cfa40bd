package dev.slipway.server.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.builds.BuildPage;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Inside;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class BuildCountsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Inside inside = Inside.of(companion);

    @AfterEach
    void removeBuilds() {
        inside.execute("delete from build");
        inside.close();
        companion.clock().advance(BuildCounts.REMEMBERED);
    }

    private void addBuilds(int number) {
        inside.execute("""
                insert into build (owner_id, created_at, options)
                select (select min(id) from app_user), now(), '{}' from generate_series(1, ?)
                """, number);
    }

    private static long total() {
        return companion
                .admin()
                .get("/api/v1/builds/?page_number=1&per_page=1")
                .as(BuildPage.class)
                .totalBuilds();
    }

    @Test
    void fewBuildsAreCountedAnewForEachPage() {
        addBuilds(BuildCounts.MANY - 2);
        assertThat(total()).isEqualTo(BuildCounts.MANY - 2);
        addBuilds(1);
        assertThat(total()).isEqualTo(BuildCounts.MANY - 1);
    }

    @Test
    void aLargeNumberIsRememberedForAWhileAndThenCountedAnew() {
        addBuilds(BuildCounts.MANY);
        assertThat(total()).isEqualTo(BuildCounts.MANY);
        addBuilds(1);
        assertThat(total()).isEqualTo(BuildCounts.MANY);
        companion.clock().advance(BuildCounts.REMEMBERED);
        assertThat(total()).isEqualTo(BuildCounts.MANY + 1);
    }

    @Test
    void aLargeNumberThatIsAskedForIsCountedAnewInTheBackground() {
        addBuilds(BuildCounts.MANY);
        assertThat(total()).isEqualTo(BuildCounts.MANY);
        addBuilds(1);
        companion.clock().advance(BuildCounts.REMEMBERED.dividedBy(2));
        await().until(() -> total() == BuildCounts.MANY + 1);
    }
}

package io.jenkins.plugins.slipway.steps;

import dev.slipway.api.composes.Compose;
import dev.slipway.api.composes.ComposeRequest;
import dev.slipway.api.composes.ComposeSource;
import dev.slipway.api.releases.PlanRepository;
import dev.slipway.api.releases.PlannedPackage;
import dev.slipway.api.releases.PlannedTarget;
import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseAnswer;
import dev.slipway.api.releases.ReleaseApproval;
import dev.slipway.api.releases.ReleaseCheck;
import dev.slipway.api.releases.ReleaseChecksReport;
import dev.slipway.api.releases.ReleaseOwner;
import dev.slipway.api.releases.ReleasePackage;
import dev.slipway.api.releases.ReleasePlan;
import dev.slipway.api.releases.RepositoryDifference;
import dev.slipway.api.signing.SignKey;
import dev.slipway.api.signing.SignTask;
import dev.slipway.client.wire.Json;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** What a companion makes of build 812: sign task 40, compose 9 and release 5, as far as a test lets them come. */
final class AfterBuild {
    static final String FINGERPRINT = "9F2C0A4D5E6B7081920A3B4C5D6E7F8091A2B3C4";
    static final String EXPIRES = "2031-11-02T10:00:00Z";

    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final String PACKAGE = "wordfreq-1.3-1.x86_64";

    private volatile int signing = 1;
    private volatile int compose = 1;
    private volatile String reason;
    private volatile Long reused;
    private volatile int release = 1;
    private volatile List<ReleaseCheck> checks = List.of();

    /** Both pieces get their signatures. */
    void signs() {
        signing = 3;
    }

    void refusesToSign(String why) {
        reason = why;
        signing = 4;
    }

    void composes() {
        compose = 2;
    }

    /** There is an equal one already. */
    void composesAgain(long other) {
        reused = other;
        compose = 2;
    }

    void cannotCompose(String why) {
        reason = why;
        compose = 4;
    }

    void objects(String message) {
        checks = List.of(new ReleaseCheck(1L, PACKAGE, "signature", "red", false, message));
    }

    void hasReleased() {
        release = 3;
    }

    /**
     * @param request method, path and query
     * @return JSON, or the text of a file; null for what this knows nothing of
     */
    @CheckForNull
    synchronized String answer(String request, String body) throws IOException {
        return switch (request) {
            case "GET /api/v1/sign-keys/" -> json(List.of(key(7, "old"), key(8, "release")));
            case "POST /api/v1/sign-tasks/", "GET /api/v1/sign-tasks/40/" -> json(signTask());
            case "POST /api/v1/composes/", "GET /api/v1/composes/9/" -> json(compose());
            case "GET /composes/9.repo" -> "[slipway-9]\nenabled=1\n";
            case "DELETE /api/v1/composes/9/" -> "";
            case "POST /api/v1/releases/new/" -> json(release(body.contains("\"dry_run\":true") ? 0 : 5));
            case "GET /api/v1/releases/5/" -> {
                String seen = json(release(5));
                if (release == 2) {
                    hasReleased();
                }
                yield seen;
            }
            case "GET /api/v1/releases/5/checks" ->
                json(new ReleaseChecksReport(5, 1, !checks.isEmpty(), checks, differences()));
            case "POST /api/v1/releases/5/commit/?plan_hash=cafe" -> {
                release = 2;
                yield json(new ReleaseAnswer(release(5), "release 5 is being committed", null));
            }
            case "POST /api/v1/releases/5/revert/" -> {
                release = 5;
                yield json(new ReleaseAnswer(release(5), "release 5 is undone", null));
            }
            default -> null;
        };
    }

    private static String json(Object value) throws IOException {
        return Json.mapper().writeValueAsString(value);
    }

    private static SignKey key(long id, String name) {
        return new SignKey(
                id,
                name,
                "",
                FINGERPRINT.substring(24),
                FINGERPRINT,
                "/keys/" + id + ".asc",
                NOW,
                null,
                true,
                null,
                null,
                null,
                List.of(1L),
                1);
    }

    private SignTask signTask() {
        boolean ended = signing > 2;
        return new SignTask(
                40,
                812L,
                null,
                "build",
                key(8, "release"),
                signing,
                List.of("idle", "in progress", "completed", "failed").get(signing - 1),
                signing == 4 ? reason : null,
                "/api/v1/tasks/40/log",
                2,
                signing == 3 ? 2 : 0,
                NOW,
                ended ? NOW : null);
    }

    private Compose compose() {
        boolean done = compose == 2;
        return new Compose(
                9,
                compose,
                Compose.State.values()[compose].word(),
                compose == 4 ? reason : null,
                "ci",
                new ComposeRequest(
                        new ComposeSource(List.of(812L), null, null, null),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                null,
                null,
                done ? "beef" : null,
                reused,
                null,
                done ? 3 : null,
                86400,
                done ? "/composes/9/" : null,
                done ? "/composes/9.repo" : null,
                NOW,
                NOW,
                done ? NOW : null,
                Instant.parse(EXPIRES),
                null,
                null,
                1);
    }

    private static List<RepositoryDifference> differences() {
        return List.of(new RepositoryDifference(
                new PlanRepository(3, "demo-el9", "x86_64", false), 2, List.of(PACKAGE), List.of(), 1));
    }

    private Release release(long id) {
        PlannedPackage planned = new PlannedPackage(
                new ReleasePackage(1, "wordfreq", 0, "1.3", "1", "x86_64", PACKAGE, "cafe", 812, "wordfreq", "x86_64"),
                List.of(new PlannedTarget(3, "demo-el9", "x86_64", false, null, null, null)),
                false,
                null,
                false);
        return new Release(
                id,
                release,
                List.of("scheduled", "in_progress", "completed", "failed", "reverted")
                        .get(release - 1),
                release == 2 ? "preparing" : null,
                null,
                List.of(812L),
                new ReleasePlan(List.of(planned), List.of(), checks),
                "cafe",
                new ReleaseOwner(1, "ci", ""),
                1,
                "el9",
                null,
                "demo",
                null,
                NOW,
                release == 3 ? NOW : null,
                release == 5 ? NOW : null,
                new ReleaseApproval(false, null, null),
                differences(),
                7);
    }
}

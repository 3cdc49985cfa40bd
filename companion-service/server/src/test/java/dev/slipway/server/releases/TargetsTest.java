package dev.slipway.server.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.identity.Role;
import dev.slipway.api.releases.Release;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a role on one distribution opens there and does not open on another. */
final class TargetsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static Dock dock;
    private static String platform;
    private static String here;
    private static long build;
    private static Release release;
    private static TestApi releaser;
    private static TestApi stranger;

    @BeforeAll
    static void prepare() {
        dock = new Dock(companion);
        platform = dock.platform("rpm", "x86_64");
        here = dock.distribution(platform);
        String elsewhere = dock.distribution(platform);
        build = dock.build(platform, Farm.unique("pier"), "1.0");
        release = dock.plan(platform, here, build);
        releaser = companion.granted("releaser", Role.RELEASER, here);
        stranger = companion.granted("stranger", Role.RELEASER, elsewhere);
    }

    // acceptance case 78
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | releases/{id}/commit/     | {}
            POST   | releases/{id}/revert/     | {}
            POST   | releases/{id}/approve/    | {}
            PATCH  | releases/{id}/plan        | {"operations": [{"op": "exclude", "package_id": 1}]}
            PUT    | releases/{id}/            | {"builds": [1]}
            DELETE | releases/{id}/            |
            POST   | releases/new/             | {"builds": [{build}], "platform": "{platform}", "distribution": "{here}"}
            POST   | distributions/add/{build}/{here}/    | {}
            POST   | distributions/remove/{build}/{here}/ | {}
            """)
    void areClosedToWhoHasTheRoleElsewhereAndNothingChanges(String method, String path, String body) {
        String before = companion.value("select revision || ' ' || status from release where id = " + release.id());
        String rows = companion.value("select count(*) from audit_event");

        TestResponse answer = stranger.send(
                method,
                "/api/v1/" + filled(path),
                body == null ? null : RequestBody.create(filled(body), MediaType.get("application/json")));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.text()).contains("stranger may not do this to distribution " + here);
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
        assertThat(companion.value("select revision || ' ' || status from release where id = " + release.id()))
                .isEqualTo(before);
        assertThat(companion.value("select count(*) from audit_event")).isEqualTo(rows);
    }

    private static String filled(String text) {
        return text.replace("{id}", String.valueOf(release.id()))
                .replace("{build}", String.valueOf(build))
                .replace("{platform}", platform)
                .replace("{here}", here);
    }

    @Test
    void openARelease() {
        long mine = dock.build(platform, Farm.unique("pier"), "1.0");
        TestResponse planned = releaser.post("/api/v1/releases/new/", Dock.request(platform, here, mine));
        Dock.ok(planned, 200);
        long id = planned.as(Release.class).id();

        Dock.ok(releaser.send("POST", "/api/v1/releases/" + id + "/commit/", null), 202);
        assertThat(dock.ended(id).status()).isEqualTo(3);
        Dock.ok(releaser.send("POST", "/api/v1/releases/" + id + "/revert/", null), 200);
    }

    @Test
    void openAddingAndRemovingBuilds() {
        long mine = dock.build(platform, Farm.unique("pier"), "1.0");
        String path = mine + "/" + here + "/";

        Dock.ok(releaser.send("POST", "/api/v1/distributions/add/" + path, null), 200);
        Dock.ok(releaser.send("POST", "/api/v1/distributions/remove/" + path, null), 200);
    }

    private static TestResponse sign(TestApi who, long keyId) {
        return who.post("/api/v1/sign-tasks/", Map.of("build_id", build, "sign_key_id", keyId));
    }

    @Test
    void openSigningWithAKeyOfNoDistributionWhereThePlatformIs() {
        long key = dock.farm().signKey(SampleKeys.fresh());
        String unrelated = dock.distribution(dock.platform("rpm", "x86_64"));
        TestApi signer = companion.granted("signer-here", Role.SIGNER, here);
        TestApi other = companion.granted("signer-elsewhere", Role.SIGNER, unrelated);

        TestResponse refused = sign(other, key);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("role signer everywhere or on");
        Dock.ok(sign(signer, key), 201);
    }

    @Test
    void openSigningWithADistributionsKeyOnThatDistributionAlone() {
        var key = SampleKeys.fresh();
        long id = dock.farm().signKey(key);
        String keyed = dock.distribution(Map.of(
                "platforms", List.of(platform), "sign_key", key.certificate().keyId()));
        TestApi signer = companion.granted("signer-of-key", Role.SIGNER, keyed);
        TestApi other = companion.granted("signer-of-platform", Role.SIGNER, here);

        assertThat(sign(other, id).status()).isEqualTo(403);
        Dock.ok(sign(signer, id), 201);
    }

    @Test
    void openEverythingToWhoHasTheRoleEverywhere() {
        TestApi everywhere = companion.granted("everywhere", Role.SIGNER, null);

        Dock.ok(sign(everywhere, dock.farm().signKey(SampleKeys.fresh())), 201);
    }
}

package dev.slipway.server.signkeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.signing.SignKey;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.packages.openpgp.Certificate;
import dev.slipway.packages.openpgp.KeyGenerator;
import dev.slipway.packages.openpgp.KeyRequest;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SignKeysTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static TestResponse create(Map<String, Object> body) {
        return companion.admin().post("/api/v1/sign-keys/new/", body);
    }

    private static Map<String, Object> request(Certificate certificate) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", "key " + NUMBER.incrementAndGet());
        body.put("certificate", certificate.armored());
        return body;
    }

    /** A key that nobody has recorded yet. */
    private static Certificate fresh() {
        return new KeyGenerator(new SecureRandom(), SampleKeys.at(SampleKeys.CREATED))
                .generate(
                        KeyRequest.of("Slipway <packages@slipway.example>", KeyRequest.Kind.ED25519, null), new char[0])
                .certificate();
    }

    private static SignKey recorded() {
        return create(request(fresh())).as(SignKey.class);
    }

    private static void assertMalformed(TestResponse answer, String pointer, String message) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(answer.json().path("detail").asText()).contains(message);
    }

    // acceptance case 60
    // 60
    @Test
    void readsKeyIdAndFingerprintFromTheCertificate() {
        Certificate certificate = fresh();

        TestResponse answer = create(request(certificate));

        assertThat(answer.status()).isEqualTo(201);
        SignKey key = answer.as(SignKey.class);
        assertThat(key.keyid()).isEqualTo(certificate.keyId());
        assertThat(key.fingerprint()).isEqualTo(certificate.fingerprint().hex());
        assertThat(key.active()).isTrue();
        assertThat(answer.header("Location")).isEqualTo("/api/v1/sign-keys/" + key.id() + "/");
    }

    // 60
    @Test
    void acceptsTheFoundingFormWithoutACertificateButCannotSignWithIt() {
        Certificate certificate = fresh();

        TestResponse answer = create(Map.of(
                "name", "founding",
                "description", "by the book",
                "keyid", certificate.keyId(),
                "fingerprint", certificate.fingerprint().hex(),
                "public_url", "https://keys.example/founding.asc"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(answer.as(SignKey.class).active()).isFalse();
        assertThat(answer.as(SignKey.class).inactiveReason()).contains("no certificate");
    }

    // acceptance case 60
    // 60
    @Test
    void refusesAMalformedKeyId() {
        Map<String, Object> body = request(fresh());
        body.put("keyid", "not hex");

        assertMalformed(create(body), "/keyid", "16 hexadecimal digits");
    }

    // acceptance case 60
    // 60
    @Test
    void refusesAMalformedFingerprint() {
        Map<String, Object> body = request(fresh());
        body.put("fingerprint", "0123");

        assertMalformed(create(body), "/fingerprint", "hexadecimal digits");
    }

    @Test
    void refusesAFingerprintThatIsNotTheCertificates() {
        Map<String, Object> body = request(fresh());
        body.put("fingerprint", fresh().fingerprint().hex());

        assertMalformed(create(body), "/fingerprint", "but the certificate's is");
    }

    @Test
    void refusesAKeyIdThatIsNotTheFingerprints() {
        assertMalformed(
                create(Map.of(
                        "name",
                        "crossed",
                        "keyid",
                        fresh().keyId(),
                        "fingerprint",
                        fresh().fingerprint().hex())),
                "/keyid",
                "not the one of this fingerprint");
    }

    // acceptance case 60
    // 60
    @Test
    void refusesADuplicateKey() {
        Certificate certificate = fresh();
        create(request(certificate));

        assertMalformed(create(request(certificate)), "/keyid", "recorded already");
    }

    // 60
    @Test
    void refusesADuplicateName() {
        Map<String, Object> body = request(fresh());
        body.put("name", recorded().name());

        assertMalformed(create(body), "/name", "another key's");
    }

    // acceptance case 60
    // 60
    @Test
    void refusesAnUnknownPlatformAndNamesIt() {
        Map<String, Object> body = request(fresh());
        body.put("platform_ids", List.of(4711));

        assertMalformed(create(body), "/platform_ids/0", "4711");
    }

    @Test
    void storesNothingOfARefusedKey() {
        Certificate certificate = fresh();
        Map<String, Object> body = request(certificate);
        body.put("platform_ids", List.of(4711));

        create(body);

        assertThat(companion.value("select count(*) from sign_key where keyid = '" + certificate.keyId() + "'"))
                .isEqualTo("0");
    }

    @Test
    void refusesSecretKeyMaterial() {
        SampleKey key = SampleKeys.other();
        Map<String, Object> body =
                Map.of("name", "leak", "certificate", new String(key.secretFile(), StandardCharsets.US_ASCII));

        TestResponse answer = create(body);

        assertMalformed(answer, "/certificate", "secret");
    }

    @Test
    void refusesWhatIsNoCertificate() {
        assertMalformed(create(Map.of("name", "nonsense", "certificate", "hello")), "/certificate", "");
    }

    @Test
    void refusesACallerWithoutTheScope() {
        assertThat(companion
                        .as("reader", "sign-keys:read")
                        .post("/api/v1/sign-keys/new/", request(fresh()))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void listsKeysBareAndInPages() {
        SignKey key = recorded();

        List<SignKey> bare = companion.admin().get("/api/v1/sign-keys/").as(new TypeReference<List<SignKey>>() {});
        TestResponse page = companion.admin().get("/api/v1/sign-keys/?page_number=1&per_page=200");

        assertThat(bare).extracting(SignKey::id).contains(key.id());
        assertThat(page.json().path("current_page").asInt()).isEqualTo(1);
        assertThat(page.json().path("total_sign_keys").asInt()).isEqualTo(bare.size());
    }

    @Test
    void tellsThatAKeyIsUnchanged() {
        SignKey key = recorded();
        String tag = companion.admin().get("/api/v1/sign-keys/" + key.id()).header("ETag");

        assertThat(companion
                        .admin()
                        .with("If-None-Match", tag)
                        .get("/api/v1/sign-keys/" + key.id())
                        .status())
                .isEqualTo(304);
    }

    @Test
    void archivesAKeyAndTakesItOutOfTheList() {
        SignKey key = recorded();

        SignKey after = companion
                .admin()
                .put("/api/v1/sign-keys/" + key.id() + "/", Map.of("archived", true))
                .as(SignKey.class);

        assertThat(after.active()).isFalse();
        assertThat(after.archived()).isNotNull();
        assertThat(companion.admin().get("/api/v1/sign-keys/").as(new TypeReference<List<SignKey>>() {}))
                .extracting(SignKey::id)
                .doesNotContain(key.id());
        assertThat(companion.admin().get("/api/v1/sign-keys/?archived=true").as(new TypeReference<List<SignKey>>() {}))
                .extracting(SignKey::id)
                .contains(key.id());
    }

    // 65
    @Test
    void readsTheExpiryFromTheCertificate() {
        SignKey key = create(request(SampleKeys.expired().certificate())).as(SignKey.class);

        assertThat(key.expiresAt()).isEqualTo(SampleKeys.EXPIRED_AT);
        assertThat(key.active()).isFalse();
        assertThat(key.inactiveReason()).isNotBlank();
    }

    @Test
    void refusesAnotherKeysCertificateInAnUpdate() {
        SignKey key = recorded();

        assertThat(companion
                        .admin()
                        .put("/api/v1/sign-keys/" + key.id(), Map.of("certificate", fresh().armored()))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void refusesAnEditOfAStaleRevision() {
        SignKey key = recorded();
        String path = "/api/v1/sign-keys/" + key.id();
        companion.admin().put(path, Map.of("description", "newer"));

        assertThat(companion
                        .admin()
                        .with("If-Match", "\"0\"")
                        .put(path, Map.of("description", "late"))
                        .status())
                .isEqualTo(412);
        TestResponse byBody = companion.admin().put(path, Map.of("description", "late", "revision", 0));
        assertThat(byBody.status()).isEqualTo(409);
        assertThat(byBody.json().path("revision").asInt()).isEqualTo(1);
    }

    @Test
    void answersTheSameRequestAgainWithTheSameKey() {
        Map<String, Object> body = request(fresh());
        var api = companion.admin().with("Idempotency-Key", "key-" + NUMBER.incrementAndGet());

        long first = api.post("/api/v1/sign-keys/new/", body).as(SignKey.class).id();
        long second = api.post("/api/v1/sign-keys/new/", body).as(SignKey.class).id();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void doesNotKnowAKeyThatIsNotThere() {
        assertThat(companion.admin().get("/api/v1/sign-keys/4711").status()).isEqualTo(404);
        assertThat(companion
                        .admin()
                        .put("/api/v1/sign-keys/4711", Map.of("archived", true))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void leavesAnAuditRowOfEachChange() {
        SignKey key = recorded();
        companion.admin().put("/api/v1/sign-keys/" + key.id(), Map.of("archived", true));

        assertThat(companion.value("select string_agg(action, ',' order by id) from audit_event where object_kind ="
                        + " 'sign-key' and object_id = '" + key.id() + "'"))
                .isEqualTo("create,update");
    }

    @Test
    void isValidUntilItExpires() {
        Certificate certificate = new KeyGenerator(new SecureRandom(), companion.clock())
                .generate(
                        KeyRequest.of(
                                "Slipway <packages@slipway.example>", KeyRequest.Kind.ED25519, Duration.ofDays(2)),
                        new char[0])
                .certificate();
        SignKey key = create(request(certificate)).as(SignKey.class);
        assertThat(key.active()).isTrue();

        companion.clock().advance(Duration.ofDays(3));

        assertThat(companion
                        .admin()
                        .get("/api/v1/sign-keys/" + key.id())
                        .as(SignKey.class)
                        .active())
                .isFalse();
    }
}

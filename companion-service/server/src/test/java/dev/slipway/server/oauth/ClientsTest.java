package dev.slipway.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.identity.Client;
import dev.slipway.api.identity.Role;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ClientsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final TestClients clients = new TestClients(companion);

    @Test
    void showsTheSecretOfAClientOnlyOnce() {
        Client made = clients.make("users:read-self");

        assertThat(made.clientSecret()).startsWith("slc_");
        assertThat(companion.admin().get("/api/v1/clients/").text())
                .contains(made.clientId())
                .doesNotContain("slc_");
    }

    @Test
    void answersARepeatWithTheSameClientWithoutItsSecret() {
        TestApi maker = companion.admin().with("Idempotency-Key", "client-of-a-host");
        String request = "{\"name\": \"repeated\", \"scopes\": [\"builds:read\"]}";

        Client first = maker.post("/api/v1/clients/", request).as(Client.class);
        TestResponse again = maker.post("/api/v1/clients/", request);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Cache-Control")).isEqualTo("no-store");
        assertThat(again.as(Client.class).clientId()).isEqualTo(first.clientId());
        assertThat(again.as(Client.class).clientSecret()).isNull();
        assertThat(companion.value(
                        "select convert_from(body, 'UTF8') from idempotency_key" + " where key = 'client-of-a-host'"))
                .doesNotContain("slc_");
        assertThat(clients.token(first)).isNotEmpty();
    }

    @Test
    void keepsNoSecretInTheDatabaseOrTheAudit() {
        Client made = clients.make("users:read-self");

        assertThat(companion.value("select encode(secret_sha256, 'escape') from oauth_client where id = " + made.id()))
                .doesNotContain(made.clientSecret());
        assertThat(companion.value("select after_state from audit_event where object_kind = 'client' and object_id = '"
                        + made.id() + "'"))
                .contains(made.clientId())
                .doesNotContain("slc_");
    }

    @Test
    void letsAClientActAsAServiceAccountOfItsOwn() {
        Client made = clients.named("jenkins", "users:read-self");

        TestResponse self = companion.as(clients.token(made)).get("/api/v1/users/");

        assertThat(self.json().path("username").asText()).isEqualTo("jenkins");
        assertThat(companion.value("select kind from app_user where username = 'jenkins'"))
                .isEqualTo("service");
    }

    @Test
    void givesAClientOfARoleTheScopesOfThatRole() {
        Client made = companion
                .admin()
                .post("/api/v1/clients/", "{\"name\": \"build-host\", \"role\": \"worker\"}")
                .as(Client.class);

        assertThat(made.scopes()).containsAll(Role.WORKER.scopes()).doesNotContain("builds:create", "clients:create");
    }

    @Test
    void givesNoClientMoreThanItsMakerHas() {
        TestApi maker = companion.as("client-maker", "clients:create", "builds:read");

        TestResponse answer = maker.post("/api/v1/clients/", "{\"name\": \"x\", \"scopes\": [\"builds:create\"]}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("builds:create");
    }

    @Test
    void givesNoClientToAnotherServiceWithoutTheRightToManageUsers() {
        companion.token("taken", List.of("builds:read"));
        TestApi maker = companion.as("client-maker", "clients:create", "builds:read");

        TestResponse answer = maker.post("/api/v1/clients/", "{\"name\": \"taken\", \"scopes\": [\"builds:read\"]}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("users:manage");
    }

    @Test
    void givesNoClientToAPerson() {
        TestResponse answer = companion.admin().post("/api/v1/clients/", "{\"name\": \"admin\", \"role\": \"reader\"}");

        assertThat(answer.status()).isEqualTo(409);
    }

    @Test
    void listsEverythingThatIsWrongWithARequest() {
        TestResponse answer =
                companion.admin().post("/api/v1/clients/", "{\"name\": \"a b\", \"scopes\": [\"no:such\"]}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().findValuesAsText("pointer")).containsExactly("/name", "/scopes");
    }

    @Test
    void refusesTheLiveTokenOfARevokedClientAtOnce() {
        Client made = clients.make("users:read-self");
        TestApi holder = companion.as(clients.token(made));
        assertThat(holder.get("/api/v1/users/").status()).isEqualTo(200);

        assertThat(companion.admin().delete("/api/v1/clients/" + made.id()).status())
                .isEqualTo(204);

        assertThat(holder.get("/api/v1/users/").status()).isEqualTo(401);
        assertThat(clients.ask(made).status()).isEqualTo(401);
    }

    @Test
    void refusesTheFormerSecretAndItsTokensOnceThereIsANewOne() {
        Client made = clients.make("users:read-self");
        TestApi holder = companion.as(clients.token(made));

        Client renewed = companion
                .admin()
                .send("POST", "/api/v1/clients/" + made.id() + "/secret", null)
                .as(Client.class);

        assertThat(holder.get("/api/v1/users/").status()).isEqualTo(401);
        assertThat(clients.ask(made).status()).isEqualTo(401);
        assertThat(companion.as(clients.token(renewed)).get("/api/v1/users/").status())
                .isEqualTo(200);
    }

    @Test
    void answersARepeatedRenewalWithTheSameClientWithoutItsSecret() {
        Client made = clients.make("users:read-self");
        TestApi maker = companion.admin().with("Idempotency-Key", "new-secret-of-a-host");

        Client renewed = maker.send("POST", "/api/v1/clients/" + made.id() + "/secret", null)
                .as(Client.class);
        TestResponse again = maker.send("POST", "/api/v1/clients/" + made.id() + "/secret", null);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Cache-Control")).isEqualTo("no-store");
        assertThat(again.as(Client.class).secretAt()).isEqualTo(renewed.secretAt());
        assertThat(again.as(Client.class).clientSecret()).isNull();
        assertThat(companion.value("select convert_from(body, 'UTF8') from idempotency_key"
                        + " where key = 'new-secret-of-a-host'"))
                .doesNotContain("slc_");
        assertThat(clients.token(renewed)).isNotEmpty();
    }

    @Test
    void renewsNoSecretOfAnotherClientByAKeyThatWasUsed() {
        TestApi maker = companion.admin().with("Idempotency-Key", "new-secrets");
        maker.send("POST", "/api/v1/clients/" + clients.make("users:read-self").id() + "/secret", null);
        Client other = clients.make("users:read-self");

        TestResponse answer = maker.send("POST", "/api/v1/clients/" + other.id() + "/secret", null);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(clients.token(other)).isNotEmpty();
    }

    @Test
    void renewsNoSecretOfAClientThatMayDoMoreThanTheCaller() {
        Client made = clients.make("builds:create");

        TestResponse answer = companion
                .as("renewer", "clients:update")
                .send("POST", "/api/v1/clients/" + made.id() + "/secret", null);

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void knowsNoClientTwice() {
        Client made = clients.make("users:read-self");
        companion.admin().delete("/api/v1/clients/" + made.id());

        assertThat(companion.admin().delete("/api/v1/clients/" + made.id()).status())
                .isEqualTo(404);
    }

    @Test
    void refusesTheTokensOfABannedAccountAtOnce() {
        Client made = clients.named("to-be-banned", "users:read-self");
        TestApi holder = companion.as(clients.token(made));
        companion.value("update app_user set active = false where username = 'to-be-banned' returning id");

        assertThat(clients.ask(made).status()).isEqualTo(401);
        assertThat(holder.get("/api/v1/users/").status()).isEqualTo(401);
    }

    @Test
    void writesAnAuditRowForEveryChange() {
        Client made = clients.make("users:read-self");
        companion.admin().send("POST", "/api/v1/clients/" + made.id() + "/secret", null);
        companion.admin().delete("/api/v1/clients/" + made.id());

        assertThat(companion.value("select string_agg(actor || ' ' || action, ', ' order by id) from audit_event"
                        + " where object_kind = 'client' and object_id = '" + made.id() + "'"))
                .isEqualTo("admin create, admin renew-secret, admin revoke");
    }

    @Test
    void listsClientsInPages() {
        clients.make("users:read-self");
        clients.make("users:read-self");

        TestResponse page = companion.admin().get("/api/v1/clients?page_number=1&per_page=1");

        assertThat(page.json().path("clients")).hasSize(1);
        assertThat(page.json().path("total_clients").asInt()).isGreaterThanOrEqualTo(2);
    }
}

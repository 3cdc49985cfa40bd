package dev.slipway.server.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.identity.Role;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Acceptance case 14: which role may do what. Owners, teams and single distributions have tables of their own in the tests
 * of builds and of releases.
 */
final class PermissionMatrixTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    /** Somebody who was granted nothing. */
    private static final String NOBODY = "nobody";

    private static final Map<String, TestApi> callers = new LinkedHashMap<>();

    @BeforeAll
    static void grant() {
        for (Role role : Role.values()) {
            callers.put(role.word(), companion.granted("the-" + role.word(), role, null));
        }
        callers.put(NOBODY, companion.granted("the-nobody", null, null));
    }

    /** Things that are not there or bodies that are empty: who may act is told so, who may not is told that. */
    @ParameterizedTest
    @CsvSource({
        "GET,    builds/,                           reader builder tester signer releaser auditor admin",
        "POST,   builds/,                           builder admin",
        "PATCH,  builds/4711/cancel,                builder admin",
        "PATCH,  builds/4711/restart-failed,        builder admin",
        "DELETE, builds/4711/remove,                admin",
        "PUT,    tests/build/4711/restart,          builder tester admin",
        "POST,   tests/4711/result/,                tester worker admin",
        "POST,   sign-tasks/,                       signer releaser admin",
        "POST,   sign-tasks/4711/complete/,         worker admin",
        "POST,   sign-keys/new/,                    admin",
        "GET,    sign-keys/,                        reader builder tester signer releaser auditor admin",
        "POST,   composes/,                         builder admin",
        "DELETE, composes/4711/,                    builder admin",
        "GET,    releases/,                         reader builder tester signer releaser auditor admin",
        "POST,   releases/new/,                     releaser admin",
        "PATCH,  releases/4711/plan,                releaser admin",
        "POST,   releases/4711/approve/,            releaser admin",
        "POST,   releases/4711/commit/,             releaser admin",
        "POST,   releases/4711/revert/,             releaser admin",
        "DELETE, releases/4711/,                    releaser admin",
        "POST,   distributions/,                    admin",
        "PATCH,  distributions/nowhere,             admin",
        "POST,   distributions/add/4711/nowhere/,   releaser admin",
        "POST,   distributions/remove/4711/nowhere/, releaser admin",
        "POST,   platforms/,                        admin",
        "POST,   repositories/,                     admin",
        "POST,   tasks/claim,                       worker admin",
        "POST,   build_node/get_task,               worker admin",
        "PATCH,  workers/4711,                      admin",
        "GET,    audit/,                            auditor admin",
        "GET,    grants/,                           auditor admin",
        "POST,   grants/,                           admin",
        "DELETE, grants/4711,                       admin",
        "GET,    teams/,                            reader builder tester signer releaser auditor admin",
        "POST,   teams/,                            admin",
        "DELETE, teams/4711,                        admin",
        "GET,    users/all_users,                   auditor admin",
        "PATCH,  users/4711,                        admin",
        "POST,   clients/,                          admin",
        "GET,    users/,          reader builder tester signer releaser worker auditor admin nobody",
        "POST,   tokens/,         reader builder tester signer releaser worker auditor admin nobody",
        "GET,    token/status/,   reader builder tester signer releaser worker auditor admin nobody",
    })
    void letsTheseRolesAlone(String method, String path, String roles) {
        List<String> allowed = new ArrayList<>();
        callers.forEach((role, caller) -> {
            TestResponse answer = caller.send(method, "/api/v1/" + path, body(method));
            assertThat(answer.status())
                    .as(role + ": " + answer)
                    .isNotEqualTo(401)
                    .isLessThan(500);
            if (answer.status() == 403) {
                assertThat(answer.problem()).as(role + ": " + answer).isEqualTo("insufficient-scope");
                assertThat(answer.text()).contains("is in no role that the-" + role + " was granted");
            } else {
                allowed.add(role);
            }
        });

        assertThat(allowed).containsExactlyInAnyOrder(roles.split(" "));
    }

    private static @Nullable RequestBody body(String method) {
        boolean with = !method.equals("GET") && !method.equals("DELETE");
        return with ? RequestBody.create("{}", MediaType.get("application/json")) : null;
    }
}

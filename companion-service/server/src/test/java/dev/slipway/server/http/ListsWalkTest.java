package dev.slipway.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.contract.Contract;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every list of the contract in both forms (acceptance case 7), and names in them as they were given. */
final class ListsWalkTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    @BeforeAll
    static void fill() {
        Farm farm = new Farm(companion);
        for (int i = 0; i < 3; i++) {
            farm.build(farm.platform("rpm", "x86_64"), "tally" + i);
            farm.worker("x86_64");
            companion.token("reader" + i, List.of("builds:read"));
        }
    }

    static Stream<Contract.Operation> lists() {
        return Contract.instance().operations().stream()
                .filter(operation -> operation.method().equals("GET"))
                .filter(operation -> Contract.instance().parameters(operation).stream()
                        .anyMatch(each -> each.path("name").asText().equals("page_number")));
    }

    private static String path(Contract.Operation operation) {
        return operation.path().replaceAll("\\{[^}]*}", "1");
    }

    private static JsonNode entries(JsonNode page) {
        List<JsonNode> lists = new ArrayList<>();
        page.forEach(member -> {
            if (member.isArray()) {
                lists.add(member);
            }
        });
        assertThat(lists).as(page.toString()).hasSize(1);
        return lists.get(0);
    }

    /** What tells entries apart, and does not change while they are read. */
    private static List<String> names(Iterable<JsonNode> entries) {
        List<String> names = new ArrayList<>();
        entries.forEach(each -> names.add(each.path("id").asText(each.toString())));
        return names;
    }

    private static long total(JsonNode page) {
        return page.properties().stream()
                .filter(member -> member.getKey().startsWith("total"))
                .findFirst()
                .orElseThrow()
                .getValue()
                .asLong();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void answersAPagePastTheEndWithNothing(Contract.Operation operation) {
        TestResponse page = companion.admin().get(path(operation) + "?page_number=1000000&per_page=7");

        if (page.status() != 404) { // the thing whose list it is may not be there
            assertThat(page.status()).as(page.toString()).isEqualTo(200);
            assertThat(entries(page.json())).isEmpty();
            assertThat(page.json().path("current_page").asLong()).isEqualTo(1_000_000);
        }
    }

    @ParameterizedTest
    @MethodSource("lists")
    void pagesHoldWhatTheBareListHolds(Contract.Operation operation) {
        TestResponse bare = companion.admin().get(path(operation));
        if (bare.status() == 404) {
            return;
        }
        assertThat(bare.status()).as(bare.toString()).isEqualTo(200);
        assertThat(bare.json().isArray()).as(bare.toString()).isTrue();

        List<JsonNode> paged = new ArrayList<>();
        JsonNode page = companion
                .admin()
                .get(path(operation) + "?pageNumber=1&per_page=2")
                .json();
        for (int number = 1; !entries(page).isEmpty(); number++) {
            entries(page).forEach(paged::add);
            page = companion
                    .admin()
                    .get(path(operation) + "?page_number=" + (number + 1) + "&per_page=2")
                    .json();
        }

        assertThat(paged).hasSize(bare.json().size());
        assertThat(total(page)).isEqualTo(bare.json().size());
        assertThat(names(paged)).isEqualTo(names(bare.json()));
    }

    // ---- acceptance case 2: names as they were given ----

    /** With a slash, spaces, quotes, markup, what addresses escape, and letters of other scripts. */
    static Stream<String> names() {
        return Stream.of(
                "el9/next",
                "el 9 beta",
                "it's \"el9\"",
                "<b>el9</b>&amp;",
                "50%25+?#;=&el9",
                "ключ-鍵-🔑",
                "é",
                "e\u0301");
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private static JsonNode made(TestResponse answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 201);
        return answer.json();
    }

    /** The names in a list, read to its end. */
    private static List<String> listed(String path) {
        List<String> names = new ArrayList<>();
        for (int page = 1; ; page++) {
            List<String> more = entries(companion
                            .admin()
                            .get(path + "?per_page=200&page_number=" + page)
                            .json())
                    .findValuesAsText("name");
            if (more.isEmpty()) {
                return names;
            }
            names.addAll(more);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aPlatformKeepsItsNameToTheServedRepositoriesOfItsBuilds(String name) {
        Map<String, Object> request = Map.of(
                "name", name,
                "type", "rpm",
                "distr_type", "demo",
                "distr_version", "9",
                "test_dist_name", "demo",
                "arch_list", List.of("x86_64"),
                "data", Map.of());
        long id = made(companion.admin().post("/api/v1/platforms/", request))
                .path("id")
                .asLong();

        assertThat(companion
                        .admin()
                        .get("/api/v1/platforms/" + id)
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo(name);
        assertThat(listed("/api/v1/platforms/")).containsOnlyOnce(name);
        assertThat(companion.admin().post("/api/v1/platforms/", request).status())
                .isEqualTo(409);
        assertThat(made(companion.admin().put("/api/v1/platforms/", Map.of("name", name, "distr_version", "10")))
                        .path("id")
                        .asLong())
                .isEqualTo(id);
        JsonNode build = made(companion.admin().post("/api/v1/builds/", Farm.request(name, "tally")));
        assertThat(build.at("/tasks/0/platform/name").asText()).isEqualTo(name);
        String url = URI.create(build.at("/repositories/0/url").asText()).getPath();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(companion
                                .anonymous()
                                .get(url + "repodata/repomd.xml")
                                .status())
                        .as(url)
                        .isEqualTo(200));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aRepositoryKeepsItsNameAndIsFoundByIt(String name) {
        JsonNode repository = made(companion
                .admin()
                .post(
                        "/api/v1/repositories/",
                        Map.of("name", name, "arch", "x86_64", "type", "rpm", "channel", Farm.unique("names"))));

        JsonNode found = companion
                .admin()
                .get("/api/v1/repositories/?name=" + encoded(name))
                .json();

        assertThat(found.findValuesAsText("id"))
                .containsExactly(repository.path("id").asText());
        assertThat(companion
                        .admin()
                        .get("/api/v1/repositories/" + repository.path("id").asLong())
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aSignKeyKeepsItsName(String name) {
        String certificate = SampleKeys.fresh().certificate().armored();
        long id = made(companion
                        .admin()
                        .post("/api/v1/sign-keys/new/", Map.of("name", name, "certificate", certificate)))
                .path("id")
                .asLong();

        assertThat(companion
                        .admin()
                        .get("/api/v1/sign-keys/" + id)
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo(name);
        assertThat(listed("/api/v1/sign-keys/")).containsOnlyOnce(name);
    }

    /** What is part of addresses or typed in commands has narrower names, and a refusal says which. */
    @ParameterizedTest
    @MethodSource("names")
    void whatIsPartOfAddressesHasNarrowerNamesAndSaysSo(String name) {
        List<TestResponse> refusals = List.of(
                companion.admin().post("/api/v1/teams/", Map.of("name", name)),
                companion.admin().post("/api/v1/distributions/", Map.of("name", name, "platforms", List.of("x"))),
                companion
                        .admin()
                        .post(
                                "/api/v1/repositories/",
                                Map.of("name", "x", "arch", "x86_64", "type", "rpm", "channel", "<" + name)));

        assertThat(refusals).allSatisfy(refusal -> {
            assertThat(refusal.status()).as(refusal.toString()).isIn(400, 422);
            assertThat(refusal.json().path("detail").asText()).contains("letter");
        });
        assertThat(listed("/api/v1/teams/")).doesNotContain(name);
        assertThat(companion
                        .admin()
                        .get("/api/v1/distributions/" + encoded(name).replace("+", "%20"))
                        .status())
                .isIn(400, 404); // an escaped slash is refused before it is looked for
    }
}

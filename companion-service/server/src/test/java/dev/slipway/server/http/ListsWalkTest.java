package dev.slipway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.contract.Contract;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every list of the contract in both forms (acceptance case 7). */
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
}

package dev.slipway.server.releases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a package needs and what it offers, by name; versions and files are left out, as are RPM's own features and boolean
 * dependencies.
 *
 * @param needs each a choice of names of which one is enough
 */
record Dependencies(List<List<String>> needs, Set<String> provides) {

    /** Of an RPM: the names in its {@code requires} and {@code provides}. */
    static Dependencies ofRpm(JsonNode requires, JsonNode provides) {
        List<List<String>> needs = new ArrayList<>();
        for (JsonNode name : requires) {
            String text = name.asText();
            if (!text.startsWith("rpmlib(") && !text.startsWith("/") && !text.startsWith("(")) {
                needs.add(List.of(text));
            }
        }
        Set<String> offers = new LinkedHashSet<>();
        provides.forEach(name -> offers.add(name.asText()));
        return new Dependencies(needs, offers);
    }

    /** Of a Debian package, from its control fields. */
    static Dependencies ofDeb(
            String name, @Nullable String preDepends, @Nullable String depends, @Nullable String provides) {
        List<List<String>> needs = Stream.of(preDepends, depends)
                .flatMap(Dependencies::relations)
                .map(relation -> Stream.of(relation.split("\\|", -1))
                        .map(Dependencies::nameOf)
                        .filter(alternative -> !alternative.isEmpty())
                        .toList())
                .filter(choice -> !choice.isEmpty())
                .toList();
        Set<String> offers =
                relations(provides).map(Dependencies::nameOf).collect(Collectors.toCollection(LinkedHashSet::new));
        offers.add(name);
        return new Dependencies(needs, offers);
    }

    private static Stream<String> relations(@Nullable String field) {
        return field == null ? Stream.of() : Stream.of(field.split(",", -1));
    }

    /** {@code libc6:any (>= 2.36) [amd64]} is about libc6. */
    private static String nameOf(String relation) {
        return relation.strip().split("[\\s(\\[:<]", 2)[0];
    }
}

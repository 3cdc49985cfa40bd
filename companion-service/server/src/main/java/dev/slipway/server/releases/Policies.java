package dev.slipway.server.releases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.repositories.NameGlob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a distribution's data and a platform's data declare about releases. A distribution's data says {@code rules}
 * (each with {@code package} or {@code source}, a {@link NameGlob}, and {@code repository}), {@code default_repository},
 * {@code noarch_origin} (the first of the platform's {@code copy_priority_arches} when absent, else its first architecture)
 * and {@code tests_required}; a platform's says {@code weak_arch_list} and {@code sign_required}; {@code multilib}, a list
 * of such patterns, and {@code tests_required} may be in both.
 */
final class Policies {
    private Policies() {}

    static PlacementPolicy placement(Destination destination) {
        JsonNode data = destination.distributionData();
        List<PlacementPolicy.Rule> rules = new ArrayList<>();
        for (JsonNode rule : data.path("rules")) {
            boolean bySource = rule.hasNonNull("source");
            String pattern = text(rule.path(bySource ? "source" : "package"));
            String repository = text(rule.path("repository"));
            if (pattern != null && repository != null) {
                rules.add(new PlacementPolicy.Rule(new NameGlob(pattern), bySource, repository));
            }
        }
        List<NameGlob> multilib = new ArrayList<>();
        for (JsonNode source : List.of(data, destination.platformData())) {
            source.path("multilib").forEach(name -> multilib.add(new NameGlob(name.asText())));
        }
        String origin = text(data.path("noarch_origin"));
        return new PlacementPolicy(
                rules,
                multilib,
                weakArches(destination),
                origin == null ? trusted(destination) : origin,
                text(data.path("default_repository")));
    }

    /** The architecture that the platform trusts most, else its first. */
    private static String trusted(Destination destination) {
        for (JsonNode arch : destination.platformData().path("copy_priority_arches")) {
            if (destination.arches().contains(arch.asText())) {
                return arch.asText();
            }
        }
        return destination.arches().get(0);
    }

    static CheckPolicy checks(Destination destination) {
        String keyid = destination.keyid();
        return new CheckPolicy(
                keyid != null
                        || destination.platformData().path("sign_required").asBoolean(),
                keyid == null ? Set.of() : Set.of(keyid),
                destination.distributionData().path("tests_required").asBoolean()
                        || destination.platformData().path("tests_required").asBoolean(),
                weakArches(destination).keySet(),
                destination.arches());
    }

    /** An entry names a weak architecture, or is {@code {"name", "depends_on"}}, or with {@code arch} for {@code name}. */
    private static Map<String, String> weakArches(Destination destination) {
        Map<String, String> weak = new HashMap<>();
        for (JsonNode entry : destination.platformData().path("weak_arch_list")) {
            String arch = text(entry.isObject() ? entry.path(entry.hasNonNull("arch") ? "arch" : "name") : entry);
            if (arch != null) {
                String strong = text(entry.path("depends_on"));
                weak.put(arch, strong == null ? strongOf(arch, destination.arches()) : strong);
            }
        }
        return weak;
    }

    private static String strongOf(String weak, List<String> arches) {
        return arches.stream()
                .filter(wide -> Arches.runsOn(weak, wide))
                .findFirst()
                .orElse(weak);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() && !node.asText().isBlank() ? node.asText() : null;
    }
}

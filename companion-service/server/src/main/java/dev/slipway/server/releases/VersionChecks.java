package dev.slipway.server.releases;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a package means beside those already published: no lower version than customers have, and never two different
 * files of one name, version and architecture.
 */
final class VersionChecks {
    private static final String DOWNGRADE = "downgrade";
    private static final String IDENTITY = "same-nevra";

    private final Findings findings;
    private final Map<String, List<Published>> byName;
    private final Map<String, List<Planned>> byIdentity = new HashMap<>();

    private VersionChecks(ReleaseChecks.Inputs inputs, Findings findings) {
        this.findings = findings;
        byName = inputs.published().stream().collect(Collectors.groupingBy(Published::name));
        for (var planned : inputs.planned()) {
            byIdentity
                    .computeIfAbsent(planned.candidate().nevra(), n -> new ArrayList<>())
                    .add(planned);
        }
    }

    static void check(ReleaseChecks.Inputs inputs, Findings findings) {
        var checks = new VersionChecks(inputs, findings);
        inputs.planned().forEach(checks::downgrade);
        inputs.planned().forEach(checks::identity);
    }

    private void downgrade(Planned planned) {
        var candidate = planned.candidate();
        var newest = byName.getOrDefault(candidate.name(), List.of()).stream()
                .filter(p ->
                        p.arch().equals(candidate.arch()) && planned.targets().contains(p.place()))
                .max(Comparator.comparing(Published::evr));
        if (newest.isPresent() && newest.get().evr().compareTo(candidate.evr()) > 0) {
            var published = newest.get();
            findings.redUnlessForced(
                    planned,
                    DOWNGRADE,
                    candidate.nevra() + " is older than " + published.evr().text() + " in "
                            + published.place().name() + " ("
                            + published.place().arch()
                            + "): clients would not take it");
        } else {
            findings.green(
                    planned,
                    DOWNGRADE,
                    newest.map(p -> "not older than " + p.evr().text()).orElse("new here"));
        }
    }

    private void identity(Planned planned) {
        var candidate = planned.candidate();
        var rival = byIdentity.getOrDefault(candidate.nevra(), List.of()).stream()
                .map(Planned::candidate)
                .filter(other -> !other.sha256().equals(candidate.sha256()))
                .findFirst();
        if (rival.isPresent()) {
            findings.red(
                    planned,
                    IDENTITY,
                    candidate.nevra() + " is in this release with different bytes, from " + origin(candidate) + " and "
                            + origin(rival.get()) + ": exclude one");
            return;
        }
        var same = byName.getOrDefault(candidate.name(), List.of()).stream()
                .filter(p -> p.nevra().equals(candidate.nevra()))
                .toList();
        var other = same.stream()
                .filter(p -> !p.contentDigest().equals(candidate.contentDigest()))
                .findFirst();
        var elsewhere = same.stream()
                .map(Published::place)
                .filter(place ->
                        planned.targets().stream().noneMatch(t -> t.family().equals(place.family())))
                .findFirst();
        if (other.isPresent()) {
            findings.redUnlessForced(
                    planned,
                    IDENTITY,
                    candidate.nevra() + " is in " + where(other.get().place())
                            + " with other contents: raise the release number");
        } else if (elsewhere.isPresent()) {
            findings.redUnlessForced(planned, IDENTITY, candidate.nevra() + " is already in " + where(elsewhere.get()));
        } else if (same.stream().anyMatch(p -> !Objects.equals(p.sha256(), candidate.sha256()))) {
            findings.yellow(
                    planned,
                    IDENTITY,
                    candidate.nevra() + " is published with the same contents and another signature; that file stays");
        } else {
            findings.green(
                    planned, IDENTITY, same.isEmpty() ? "not published yet" : "published already, byte for byte");
        }
    }

    private static String origin(Candidate candidate) {
        return "build " + candidate.buildId() + " (" + candidate.taskArch() + ")";
    }

    private static String where(Place place) {
        return place.name() + " (" + place.arch() + ")";
    }
}

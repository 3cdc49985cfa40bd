package dev.slipway.server.releases;

import dev.slipway.api.releases.RepositoryDifference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a release does to one repository. A package that is there already, perhaps with another signature, stays as it is;
 * one of the same identity with other contents, which has to be forced, takes the former one's place.
 *
 * @param added packages that come
 * @param removed packages whose place they take
 * @param unchanged how many of the release's packages are there already
 */
record RepositoryChange(Place place, List<Candidate> added, List<Published> removed, int unchanged) {

    static List<RepositoryChange> of(List<Planned> planned, List<Published> published) {
        Map<Long, Map<String, Published>> there = new HashMap<>();
        published.forEach(p ->
                there.computeIfAbsent(p.place().id(), id -> new HashMap<>()).put(p.nevra(), p));
        Map<Long, Collector> byPlace = new TreeMap<>();
        for (Planned entry : planned) {
            for (Place place : entry.targets()) {
                byPlace.computeIfAbsent(place.id(), id -> new Collector(place))
                        .add(
                                entry.candidate(),
                                there.getOrDefault(place.id(), Map.of())
                                        .get(entry.candidate().nevra()));
            }
        }
        return byPlace.values().stream().map(Collector::finish).toList();
    }

    private static final class Collector {
        private final Place place;
        private final List<Candidate> added = new ArrayList<>();
        private final List<Published> removed = new ArrayList<>();
        private int unchanged;

        Collector(Place place) {
            this.place = place;
        }

        void add(Candidate candidate, @Nullable Published former) {
            if (former != null && former.contentDigest().equals(candidate.contentDigest())) {
                unchanged++;
                return;
            }
            added.add(candidate);
            if (former != null) {
                removed.add(former);
            }
        }

        RepositoryChange finish() {
            return new RepositoryChange(place, List.copyOf(added), List.copyOf(removed), unchanged);
        }
    }

    boolean isEmpty() {
        return added.isEmpty();
    }

    List<Long> addedIds() {
        return added.stream().map(Candidate::id).toList();
    }

    List<Long> removedIds() {
        return removed.stream().map(Published::packageId).toList();
    }

    RepositoryDifference shown() {
        return new RepositoryDifference(
                place.shown(),
                place.version(),
                added.stream().map(Candidate::nevra).sorted().toList(),
                removed.stream().map(Published::nevra).sorted().toList(),
                unchanged);
    }
}

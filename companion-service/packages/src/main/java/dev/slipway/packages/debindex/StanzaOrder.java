package dev.slipway.packages.debindex;

import dev.slipway.packages.deb.Stanza;
import dev.slipway.packages.deb.Stanza.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts the fields of an index stanza into the order that apt-ftparchive writes, so that the two can be compared. */
final class StanzaOrder {

    private final Map<String, Integer> places = new HashMap<>();

    StanzaOrder(String names) {
        for (var name : names.strip().split("\\s+", -1)) {
            places.put(key(name), places.size());
        }
    }

    /** Text of the stanza with the empty line behind it; fields of unknown names come last, in the order given. */
    byte[] write(List<Field> fields) {
        var ordered = new ArrayList<>(fields);
        ordered.sort(Comparator.comparing(field -> places.getOrDefault(key(field.name()), Integer.MAX_VALUE)));
        return (new Stanza(ordered).text() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

package dev.slipway.packages.rpm;

import static dev.slipway.packages.PackageFormatException.Reason.MALFORMED;
import static dev.slipway.packages.PackageFormatException.Reason.UNSUPPORTED;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.rpm.RpmHeader.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads a header's index and refuses one that is not consistent; see {@link RpmHeader} for what that means. */
final class RpmHeaderIndex {
    private RpmHeaderIndex() {}

    /**
     * The entries by tag.
     *
     * @param all the header from its magic on
     * @param count how many entries it has
     */
    static NavigableMap<Integer, Entry> read(byte[] all, int count, int region, String what)
            throws PackageFormatException {
        ByteBuffer in = ByteBuffer.wrap(all, RpmHeader.INTRO, RpmHeader.ENTRY * count);
        int store = RpmHeader.INTRO + RpmHeader.ENTRY * count;
        List<Entry> claimed = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            claimed.add(claimed(all.length - store, store, in.getInt(), in.getInt(), in.getInt(), in.getInt(), what));
        }
        checkRegion(all, claimed.get(0), count, region, what);
        // in the order of their data, so that texts are walked once, however many entries claim the same ones
        claimed.sort(Comparator.comparingInt(Entry::from));
        NavigableMap<Integer, Entry> entries = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            int end = i + 1 < count ? claimed.get(i + 1).from() : all.length;
            Entry entry = measured(all, claimed.get(i), end, what);
            if (entries.put(entry.tag(), entry) != null) {
                throw new PackageFormatException(MALFORMED, what + " holds tag " + entry.tag() + " twice");
            }
        }
        return entries;
    }

    /** An entry as the index has it, within bounds; of texts the length is not known yet. */
    private static Entry claimed(int room, int store, int tag, int type, int offset, int count, String what)
            throws PackageFormatException {
        int width = switch (type) {
            case RpmHeader.INT16 -> 2;
            case RpmHeader.INT32 -> 4;
            case RpmHeader.INT64 -> 8;
            default -> 1;
        };
        if (type < 1
                || type > RpmHeader.I18N_STRING
                || offset < 0
                || offset >= room
                || offset % width != 0
                || count < 1
                || (long) count * width > room - offset
                || (type == RpmHeader.STRING && count != 1)) {
            throw new PackageFormatException(MALFORMED, what + ": the entry of tag " + tag + " is not valid");
        }
        return new Entry(tag, type, store + offset, count * width, count);
    }

    /** The entry with the length of its data, which may reach to where the next one's begins and no further. */
    private static Entry measured(byte[] all, Entry claimed, int end, String what) throws PackageFormatException {
        int length = claimed.length();
        if (claimed.type() == RpmHeader.STRING
                || claimed.type() == RpmHeader.STRING_ARRAY
                || claimed.type() == RpmHeader.I18N_STRING) {
            int at = claimed.from();
            int left = claimed.count();
            while (left > 0 && at < end) {
                left -= all[at++] == 0 ? 1 : 0;
            }
            if (left > 0) {
                throw overlap(claimed, what);
            }
            length = at - claimed.from();
        }
        if (length > end - claimed.from()) {
            throw overlap(claimed, what);
        }
        return new Entry(claimed.tag(), claimed.type(), claimed.from(), length, claimed.count());
    }

    private static PackageFormatException overlap(Entry entry, String what) {
        return new PackageFormatException(
                MALFORMED, what + ": the data of tag " + entry.tag() + " overlaps another's, or has no end");
    }

    private static void checkRegion(byte[] all, Entry first, int count, int region, String what)
            throws PackageFormatException {
        if (first.tag() != region) {
            throw new PackageFormatException(
                    UNSUPPORTED, what + " has no region, as packages of rpm 3 and older; build it with a newer rpm");
        }
        ByteBuffer trailer = ByteBuffer.wrap(all, first.from(), first.length());
        if (first.type() != RpmHeader.BIN
                || first.count() != RpmHeader.ENTRY
                || trailer.getInt() != region
                || trailer.getInt() != RpmHeader.BIN
                || trailer.getInt() != -RpmHeader.ENTRY * count
                || trailer.getInt() != RpmHeader.ENTRY) {
            throw new PackageFormatException(MALFORMED, what + ": its region does not enclose its entries");
        }
    }
}

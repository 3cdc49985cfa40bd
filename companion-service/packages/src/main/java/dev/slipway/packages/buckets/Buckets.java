package dev.slipway.packages.buckets;

import dev.slipway.packages.MessageDigests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Cuts an ordered list into buckets whose borders depend on the items near them alone, so that a change of one item
 * changes the bucket it is in, or the two beside a border that came or went.
 *
 * <p>A bucket ends behind an item whose hash ends in a zero byte: {@value #MEAN} items on average. Where no such item
 * comes within {@value #MOST}, it ends behind the item with the smallest hash ending among the last three quarters of
 * them; a change within such a run, which is rare, may touch one or two more. Borders look at the end of the hash, so that
 * a list sorted by hash is cut as evenly as any other.
 */
public final class Buckets {
    /** Items of a bucket on average. */
    public static final int MEAN = 256;

    /** Items of a bucket at most. */
    public static final int MOST = 1024;

    private static final int ENDING = 56;
    private static final String BORDER = "00";

    private Buckets() {}

    /** Cuts the list; the buckets are views of it, none is empty, and together they are the list. */
    public static List<List<BucketItem>> split(List<BucketItem> items) {
        List<List<BucketItem>> buckets = new ArrayList<>(items.size() / MEAN + 1);
        int from = 0;
        while (from < items.size()) {
            int end = end(items, from);
            buckets.add(items.subList(from, end));
            from = end;
        }
        return buckets;
    }

    /**
     * The name of a bucket's compressed bytes: a hash of everything that decides them.
     *
     * @param kind what the fragments are, with every option that changes their bytes for one and the same package
     */
    public static String key(String kind, Compression compression, List<BucketItem> bucket) {
        MessageDigest digest = MessageDigests.sha256();
        digest.update((kind + '\n' + compression + '\n').getBytes(StandardCharsets.UTF_8));
        for (BucketItem item : bucket) {
            digest.update(item.sha256().getBytes(StandardCharsets.US_ASCII));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static int end(List<BucketItem> items, int from) {
        int most = Math.min(items.size(), from + MOST);
        for (int i = from; i < most; i++) {
            if (items.get(i).sha256().endsWith(BORDER)) {
                return i + 1;
            }
        }
        if (most == items.size()) {
            return most;
        }
        int smallest = from + MOST / 4;
        for (int i = smallest + 1; i < most; i++) {
            if (ending(items.get(i)).compareTo(ending(items.get(smallest))) < 0) {
                smallest = i;
            }
        }
        return smallest + 1;
    }

    private static String ending(BucketItem item) {
        return item.sha256().substring(ENDING);
    }
}

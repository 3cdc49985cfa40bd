package dev.slipway.packages.buckets;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Lists of packages that exist in name only, with fragments made from their ids. */
final class SampleItems {
    private SampleItems() {}

    static List<BucketItem> of(long seed, int count) {
        Random random = new Random(seed);
        List<BucketItem> items = new ArrayList<>(count);
        byte[] hash = new byte[32];
        for (int i = 0; i < count; i++) {
            random.nextBytes(hash);
            items.add(new BucketItem(HexFormat.of().formatHex(hash), i));
        }
        return items;
    }

    static String fragment(long id) {
        return "<package id=\"" + id + "\">" + "x".repeat((int) (id % 50)) + "</package>\n";
    }

    static final FragmentSource SOURCE = SampleItems::write;

    private static void write(long[] ids, OutputStream out) throws IOException {
        for (long id : ids) {
            out.write(fragment(id).getBytes(StandardCharsets.UTF_8));
        }
    }
}

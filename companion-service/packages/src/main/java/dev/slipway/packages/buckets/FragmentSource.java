package dev.slipway.packages.buckets;

import java.io.IOException;
import java.io.OutputStream;

/** Where fragments come from; asked only for those of buckets that are not cached. */
@FunctionalInterface
public interface FragmentSource {
    /**
     * Writes the fragments of these packages, in this order, and nothing else.
     *
     * @param ids at most {@value Buckets#MOST}
     * @throws IOException also when one is missing: a bucket without it must not come to be
     */
    void write(long[] ids, OutputStream out) throws IOException;
}

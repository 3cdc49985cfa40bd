package dev.slipway.packages.buckets;

import java.util.List;

/**
 * What a metadata file is to be made of: a head, the fragments of packages, a tail.
 *
 * @param kind what the fragments are, with every option that changes their bytes for one and the same package: part of
 *     the key under which buckets are cached, for example {@code rpm-primary} or {@code deb-packages/main}
 * @param compression how it is compressed
 * @param head bytes before the first fragment; may be empty
 * @param items the packages, in order
 * @param fragments where their fragments come from
 * @param tail bytes behind the last fragment; may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record MetadataFile(
        String kind,
        Compression compression,
        byte[] head,
        List<BucketItem> items,
        FragmentSource fragments,
        byte[] tail) {}

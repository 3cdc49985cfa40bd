package dev.slipway.packages.buckets;

import java.util.regex.Pattern;

/**
 * A package in the list that a metadata file is made of.
 *
 * @param sha256 hexadecimal SHA-256 of the package's file; stands for the bytes of its fragment
 * @param id the number by which its fragment is found
 */
public record BucketItem(String sha256, long id) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public BucketItem {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal: " + sha256);
        }
    }
}

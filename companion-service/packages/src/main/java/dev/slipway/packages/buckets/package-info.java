/**
 * Big metadata files from small cached parts, so that making one costs what changed and not what is there.
 *
 * <p>A metadata file is the concatenation of one fragment per package between a head and a tail. The ordered list of
 * packages is cut into buckets at places that the content decides ({@link dev.slipway.packages.buckets.Buckets}), each
 * bucket is compressed by itself into a gzip member or zstd frame and kept under the hash of what is in it
 * ({@link dev.slipway.packages.buckets.BucketCache}), and a file is the members one after the other
 * ({@link dev.slipway.packages.buckets.BucketAssembler}): RFC 1952 (2.2) and RFC 8878 (3.1) define such concatenations as
 * the concatenated content, and dnf and apt read them. Nothing here knows a package format.
 */
@NullMarked
package dev.slipway.packages.buckets;

import org.jspecify.annotations.NullMarked;

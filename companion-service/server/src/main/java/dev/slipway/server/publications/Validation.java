package dev.slipway.server.publications;

import dev.slipway.packages.MessageDigests;
import dev.slipway.packages.buckets.BucketItem;
import dev.slipway.server.blobs.Blobs;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what was made, as a client would, before anybody can see it: every file has its digest, everything the index
 * names is there, the listings name exactly the packages they should, and one package drawn by lot has its bytes.
 */
final class Validation {

    /** Of larger listings, this much is read; the whole of a very large one would cost more than making it. */
    private static final long MOST_READ = 32L << 20;

    /** Larger packages are only looked at by size. */
    private static final long MOST_HASHED = 256L << 20;

    private final Blobs blobs;

    Validation(Blobs blobs) {
        this.blobs = blobs;
    }

    void check(MetadataAssembler assembler, MetadataAssembler.Assembled made)
            throws IOException, InvalidMetadataException {
        for (StoredFile file : made.files()) {
            checkDigest(file);
        }
        checkIndex(assembler, made);
        for (MetadataAssembler.Listing listing : made.listings()) {
            checkListing(listing);
        }
        List<BucketItem> all = made.listings().stream()
                .flatMap(listing -> listing.items().stream())
                .toList();
        if (!all.isEmpty()) {
            checkPackage(all.get(ThreadLocalRandom.current().nextInt(all.size())));
        }
    }

    private void checkDigest(StoredFile file) throws IOException, InvalidMetadataException {
        if (Files.size(blobs.path(file.sha256())) != file.size()
                || !digestOf(file.sha256()).equals(file.sha256())) {
            throw new InvalidMetadataException(file.path() + " is not stored as it was made");
        }
    }

    private String digestOf(String sha256) throws IOException {
        MessageDigest digest = MessageDigests.sha256();
        try (InputStream in = new DigestInputStream(blobs.open(sha256), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void checkIndex(MetadataAssembler assembler, MetadataAssembler.Assembled made)
            throws IOException, InvalidMetadataException {
        Map<String, StoredFile> byPath =
                made.files().stream().collect(Collectors.toMap(StoredFile::path, Function.identity()));
        StoredFile index = byPath.get(made.indexPath());
        if (index == null) {
            throw new InvalidMetadataException("there is no " + made.indexPath());
        }
        byte[] bytes;
        try (InputStream in = blobs.open(index.sha256())) {
            bytes = in.readAllBytes();
        }
        for (StoredFile named : assembler.namedBy(index.path(), bytes)) {
            StoredFile there = byPath.get(named.path());
            if (there == null || !there.equals(named)) {
                throw new InvalidMetadataException(
                        made.indexPath() + " names " + named.path() + ", which is not there as it says");
            }
        }
    }

    private void checkListing(MetadataAssembler.Listing listing) throws IOException, InvalidMetadataException {
        String path = listing.file().path();
        try (InputStream in = new BufferedInputStream(
                listing.compression().content(blobs.open(listing.file().sha256())), 1 << 16)) {
            MarkedDigests digests = new MarkedDigests(in, listing.marker(), MOST_READ);
            for (BucketItem item : listing.items()) {
                String listed = digests.next();
                if (listed == null && digests.isCutShort()) {
                    return;
                }
                if (!item.sha256().equals(listed)) {
                    throw new InvalidMetadataException(
                            path + " lists " + listed + " where " + item.sha256() + " belongs");
                }
            }
            if (digests.next() != null) {
                throw new InvalidMetadataException(
                        path + " lists more than its " + listing.items().size() + " packages");
            }
        }
    }

    private void checkPackage(BucketItem item) throws IOException, InvalidMetadataException {
        boolean readable = Files.isReadable(blobs.path(item.sha256()));
        if (!readable
                || (Files.size(blobs.path(item.sha256())) <= MOST_HASHED
                        && !digestOf(item.sha256()).equals(item.sha256()))) {
            throw new InvalidMetadataException(
                    "the package with the SHA-256 " + item.sha256() + " is not stored as it was");
        }
    }

    /** The digests that stand behind a marker in a stream of text. */
    static final class MarkedDigests {

        private static final int DIGEST_LENGTH = 64;

        private final InputStream in;
        private final byte[] marker;
        private long left;
        private boolean cutShort;

        /** @param marker ASCII, whose first character does not come again in it */
        MarkedDigests(InputStream in, String marker, long mostBytes) {
            this.in = in;
            this.marker = marker.getBytes(StandardCharsets.US_ASCII);
            this.left = mostBytes;
        }

        /** Whether reading ended before the stream did. */
        boolean isCutShort() {
            return cutShort;
        }

        /** The next digest, or null when there is none. */
        @Nullable
        String next() throws IOException {
            int matched = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (--left < 0) {
                    cutShort = true;
                    return null;
                }
                matched = b == marker[matched] ? matched + 1 : (b == marker[0] ? 1 : 0);
                if (matched == marker.length) {
                    return new String(in.readNBytes(DIGEST_LENGTH), StandardCharsets.US_ASCII);
                }
            }
            return null;
        }
    }
}

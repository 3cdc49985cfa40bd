package dev.slipway.server.publications;

import dev.slipway.packages.buckets.BucketItem;
import dev.slipway.packages.buckets.Compression;
import java.io.IOException;
import java.util.List;

/** Makes the metadata files of one type of repository. */
interface MetadataAssembler {

    /**
     * What was made.
     *
     * @param files stored already
     * @param packageCount how many packages the files describe
     * @param toSign what must be signed before clients may see it, if it is to be signed at all
     * @param indexPath the file that names the others and their digests
     * @param listings files that list packages, for the validation to read again
     */
    record Assembled(
            List<StoredFile> files,
            int packageCount,
            List<MetadataSigning.Wanted> toSign,
            String indexPath,
            List<Listing> listings) {}

    /**
     * A file that holds one entry per package.
     *
     * @param marker the text before a package's digest in its entry
     * @param items what it must list, in order
     */
    record Listing(StoredFile file, Compression compression, String marker, List<BucketItem> items) {}

    /** Makes and stores all files. Equal content and options give equal bytes. Not to be called in a transaction. */
    Assembled assemble(Content content, PublicationOptions options) throws IOException;

    /** The files that the index of that path names, read from its bytes: what a client will ask for. */
    List<StoredFile> namedBy(String path, byte[] index) throws InvalidMetadataException;
}

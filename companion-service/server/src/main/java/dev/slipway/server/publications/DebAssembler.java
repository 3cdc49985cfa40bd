package dev.slipway.server.publications;

import dev.slipway.packages.buckets.AssembledFile;
import dev.slipway.packages.buckets.BucketItem;
import dev.slipway.packages.buckets.Compression;
import dev.slipway.packages.buckets.MetadataFile;
import dev.slipway.packages.debindex.AptLayout;
import dev.slipway.packages.debindex.Index;
import dev.slipway.packages.debindex.IndexFile;
import dev.slipway.packages.debindex.ReleaseFile;
import dev.slipway.packages.debindex.Suite;
import dev.slipway.server.database.Transactions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes {@code dists/<suite>/}: an index of packages for each architecture, one of sources, and the {@code Release} file. */
final class DebAssembler implements MetadataAssembler {

    private final Transactions transactions;
    private final Fragments fragments;
    private final MetadataStore store;

    DebAssembler(Transactions transactions, Fragments fragments, MetadataStore store) {
        this.transactions = transactions;
        this.fragments = fragments;
        this.store = store;
    }

    @Override
    public Assembled assemble(Content content, PublicationOptions options) throws IOException {
        PublicationOptions.Debian debian =
                Objects.requireNonNull(options.debian(), "a Debian publication says its suite");
        Suite suite = new Suite(
                debian.suite(),
                debian.suite(),
                debian.origin(),
                debian.label(),
                null,
                List.of(debian.component()),
                debian.architectures(),
                true,
                false,
                false);
        AptLayout layout = new AptLayout(suite);
        List<Content.Entry> entries = transactions.read(content::entries);
        List<IndexFile> indexFiles = new ArrayList<>();
        List<Listing> listings = new ArrayList<>();
        for (Index index : layout.indexes()) {
            List<BucketItem> items = entries.stream()
                    .filter(entry -> isListed(index, entry))
                    .map(entry -> new BucketItem(entry.sha256(), entry.id()))
                    .toList();
            indexFiles.addAll(make(index, items, options.packing(), layout, listings));
        }
        Map<String, StoredFile> files = new LinkedHashMap<>();
        layout.stored(indexFiles)
                .forEach((path, file) -> files.put(path, new StoredFile(path, file.sha256(), file.size())));
        StoredFile release =
                store.store(layout.releasePath(), ReleaseFile.write(suite, options.time(), null, indexFiles));
        files.put(release.path(), release);
        return new Assembled(
                List.copyOf(files.values()), entries.size(), toSign(layout, release), release.path(), listings);
    }

    private static boolean isListed(Index index, Content.Entry entry) {
        return entry.source() ? index.kind() == Index.Kind.SOURCES : index.lists(entry.arch());
    }

    private List<IndexFile> make(
            Index index, List<BucketItem> items, Compression compression, AptLayout layout, List<Listing> listings)
            throws IOException {
        boolean sources = index.kind() == Index.Kind.SOURCES;
        String kind = sources ? "sources" : "packages";
        AssembledFile made = store.store(
                new MetadataFile("deb-" + kind, compression, new byte[0], items, fragments.ofKind(kind), new byte[0]),
                MetadataStore.RawDigest.ALWAYS);
        String path = index.path() + "." + compression.suffix();
        listings.add(new Listing(
                new StoredFile(layout.directory() + "/" + path, made.sha256(), made.size()),
                compression,
                // the first of a source package's files is its .dsc
                sources ? "Checksums-Sha256:\n " : "\nSHA256: ",
                items));
        return List.of(
                new IndexFile(index.path(), made.rawSize(), Objects.requireNonNull(made.rawSha256()), false),
                new IndexFile(path, made.size(), made.sha256(), true));
    }

    private static List<MetadataSigning.Wanted> toSign(AptLayout layout, StoredFile release) {
        return List.of(
                new MetadataSigning.Wanted(
                        release.path(),
                        release.sha256(),
                        release.size(),
                        MetadataSigning.Form.CLEARSIGNED,
                        layout.inReleasePath()),
                new MetadataSigning.Wanted(
                        release.path(),
                        release.sha256(),
                        release.size(),
                        MetadataSigning.Form.DETACHED,
                        layout.releaseSignaturePath()));
    }

    /** The packed indexes; the plain ones are listed for their digests and not served. */
    @Override
    public List<StoredFile> namedBy(String path, byte[] index) throws InvalidMetadataException {
        String directory = path.substring(0, path.lastIndexOf('/') + 1);
        List<StoredFile> named = new ArrayList<>();
        for (String line : new String(index, StandardCharsets.UTF_8).split("\n")) {
            String[] words = line.strip().split(" +", 3);
            boolean packed = words.length == 3
                    && line.startsWith(" ")
                    && (words[2].endsWith(".gz") || words[2].endsWith(".zst"));
            if (packed) {
                named.add(new StoredFile(directory + words[2], words[0], Long.parseLong(words[1])));
            }
        }
        if (named.isEmpty()) {
            throw new InvalidMetadataException(path + " names no index");
        }
        return named;
    }
}

package dev.slipway.server.publications;

import dev.slipway.packages.buckets.AssembledFile;
import dev.slipway.packages.buckets.BucketItem;
import dev.slipway.packages.buckets.Compression;
import dev.slipway.packages.buckets.MetadataFile;
import dev.slipway.packages.rpmmd.Repomd;
import dev.slipway.packages.rpmmd.RpmMetadata;
import dev.slipway.server.database.Transactions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Makes {@code repodata/}: primary, filelists and other, and the {@code repomd.xml} that names them. */
final class RpmAssembler implements MetadataAssembler {

    static final String REPOMD = "repodata/repomd.xml";

    /** What stands before a package's digest in primary. */
    private static final String MARKER = "pkgid=\"YES\">";

    private static final XMLInputFactory XML = xmlFactory();

    private final Transactions transactions;
    private final Fragments fragments;
    private final MetadataStore store;

    RpmAssembler(Transactions transactions, Fragments fragments, MetadataStore store) {
        this.transactions = transactions;
        this.fragments = fragments;
        this.store = store;
    }

    @Override
    public Assembled assemble(Content content, PublicationOptions options) throws IOException {
        List<BucketItem> items = transactions.read(content::entries).stream()
                .map(entry -> new BucketItem(entry.sha256(), entry.id()))
                .toList();
        long time = options.time().getEpochSecond();
        Compression compression = options.packing();
        List<StoredFile> files = new ArrayList<>();
        List<Repomd.Data> data = new ArrayList<>();
        List<Listing> listings = new ArrayList<>();
        for (RpmMetadata kind : RpmMetadata.values()) {
            AssembledFile made = store.store(
                    new MetadataFile(
                            "rpm-" + kind.type(),
                            compression,
                            kind.head(items.size()),
                            items,
                            fragments.ofKind(kind.type()),
                            kind.tail()),
                    MetadataStore.RawDigest.IF_SMALL);
            String href = Repomd.Data.href(made.sha256(), kind.type() + ".xml." + compression.suffix());
            StoredFile file = new StoredFile(href, made.sha256(), made.size());
            files.add(file);
            if (kind == RpmMetadata.PRIMARY) {
                listings.add(new Listing(file, compression, MARKER, items));
            }
            data.add(new Repomd.Data(
                    kind.type(),
                    href,
                    made.sha256(),
                    made.size(),
                    made.rawSha256(),
                    made.rawSha256() == null ? null : made.rawSize(),
                    time));
        }
        StoredFile repomd = store.store(REPOMD, Repomd.write(Long.toString(time), data));
        files.add(repomd);
        return new Assembled(
                files,
                items.size(),
                List.of(new MetadataSigning.Wanted(
                        REPOMD, repomd.sha256(), repomd.size(), MetadataSigning.Form.DETACHED, REPOMD + ".asc")),
                REPOMD,
                listings);
    }

    @Override
    public List<StoredFile> namedBy(String path, byte[] index) throws InvalidMetadataException {
        List<StoredFile> named = new ArrayList<>();
        String href = "";
        String sha256 = "";
        try {
            XMLStreamReader xml = XML.createXMLStreamReader(new ByteArrayInputStream(index));
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "checksum" -> sha256 = xml.getElementText();
                    case "location" -> href = xml.getAttributeValue(null, "href");
                    case "size" -> named.add(new StoredFile(href, sha256, Long.parseLong(xml.getElementText())));
                    default -> {}
                }
            }
        } catch (XMLStreamException | NumberFormatException e) {
            throw new InvalidMetadataException(REPOMD + " cannot be read: " + e.getMessage());
        }
        if (named.size() != RpmMetadata.values().length) {
            throw new InvalidMetadataException(REPOMD + " names " + named.size() + " files");
        }
        return named;
    }

    private static XMLInputFactory xmlFactory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}

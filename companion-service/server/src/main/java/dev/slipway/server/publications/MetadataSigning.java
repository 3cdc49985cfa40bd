package dev.slipway.server.publications;

import java.util.List;
import org.hibernate.StatelessSession;

/**
 * Has metadata signed before clients see it. The answer comes later, from another transaction, through
 * {@code Publications.signed} or {@code Publications.failed}.
 */
public interface MetadataSigning {

    /** How a signature comes: beside the file, or as a text that holds it. */
    enum Form {
        DETACHED,
        CLEARSIGNED
    }

    /**
     * One signature that is wanted.
     *
     * @param path the file's path in the publication, such as {@code repodata/repomd.xml}
     * @param sha256 digest of the bytes to sign, which are stored under it
     * @param size of those bytes
     * @param signaturePath the path under which the publication will show the signature, such as {@code repodata/repomd.xml.asc}
     */
    record Wanted(String path, String sha256, long size, Form form, String signaturePath) {}

    /**
     * Asks for signatures by a key; part of the transaction that stores the files. A publication that failed before is
     * asked for again with the same files, and is then to be tried again.
     */
    void request(long publicationId, List<Wanted> files, long signKeyId, StatelessSession session);
}

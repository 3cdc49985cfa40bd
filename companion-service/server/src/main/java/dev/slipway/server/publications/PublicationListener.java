package dev.slipway.server.publications;

import org.hibernate.StatelessSession;

/** Learns what becomes of publications; runs in the transaction that decides it and must be quick. */
public interface PublicationListener {

    /** All files are there, validated and signed. */
    void ready(long publicationId, StatelessSession session);

    /** It will not come to be. */
    void failed(long publicationId, String reason, StatelessSession session);
}

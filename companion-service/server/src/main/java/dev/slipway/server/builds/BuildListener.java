package dev.slipway.server.builds;

import org.hibernate.StatelessSession;

/** Learns of builds; registered while the companion is put together. */
@FunctionalInterface
public interface BuildListener {
    /** All build tasks have ended. Runs once per end, inside the transaction that ended the last one; the build is locked. */
    void finished(BuildRow build, StatelessSession session);
}

package dev.slipway.server.builds;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.StatelessSession;

/** The served repositories of builds. */
public interface BuildRepositories {
    /** One platform of a build. */
    record Target(long platformId, String platform, String type, List<String> arches) {}

    /**
     * A repository of a build.
     *
     * @param arch for rpm one architecture or {@code src}; for deb all of them, separated by commas
     */
    record BuildRepository(long id, long platformId, String type, String arch, boolean debug) {}

    /** What a publishing round has made ready. */
    interface Prepared {
        /** The packages by repository that it is about. */
        Map<Long, Set<Long>> contents();
    }

    /** Makes a build's repositories, empty. */
    void create(long buildId, List<Target> targets, StatelessSession session);

    /** The repositories of a build, by id. */
    List<BuildRepository> of(long buildId, StatelessSession session);

    /**
     * Makes new versions with exactly these packages, and their metadata, of those repositories that hold others; nobody sees
     * them yet. Not to be called within a transaction.
     */
    Prepared prepare(long buildId, Map<Long, Set<Long>> contents);

    /** Takes away what clients see of a build's repositories, before the build's rows go. */
    void hide(long buildId, StatelessSession session);

    /** Lets clients see what was prepared, when the transaction commits. */
    void show(Prepared prepared, StatelessSession session);
}

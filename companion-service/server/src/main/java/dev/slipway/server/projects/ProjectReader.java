package dev.slipway.server.projects;

import dev.slipway.server.database.Transactions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalogues. Each is listed once in the interval, by whichever companion comes first; of its projects those are
 * asked that the list calls changed, or, where a list does not tell, all of them. What cannot be read keeps what was read
 * before, and the reason beside it. No connection to the database is held while others are waited for.
 */
public final class ProjectReader {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectReader.class);
    private static final int AT_ONCE = 10;
    private static final int LONGEST_ERROR = 500;
    /** After this a round leaves the rest to the next one, so that other jobs have their turn. */
    private static final Duration ROUND = Duration.ofSeconds(20);

    private final Clock clock;
    private final Transactions transactions;
    private final CatalogueSources sources;
    private final Duration interval;
    private final WebListing web;
    private final GitRefs refs;

    /**
     * @param interval between two listings of a catalogue
     * @param patience how long one answer is waited for
     */
    public ProjectReader(
            Clock clock, Transactions transactions, CatalogueSources sources, Duration interval, Duration patience) {
        this.clock = clock;
        this.transactions = transactions;
        this.sources = sources;
        this.interval = interval;
        this.web = new WebListing(patience);
        this.refs = new GitRefs(patience);
    }

    /** One round. */
    public void run() throws InterruptedException {
        Instant now = clock.instant();
        transactions.run(session -> ProjectRows.configure(sources.byName(), now, session));
        for (ProjectRows.DueCatalogue due :
                transactions.call(session -> ProjectRows.takeCatalogues(now, now.plus(interval), session))) {
            list(due);
        }
        long end = System.nanoTime() + ROUND.toNanos();
        List<ProjectRows.DueProject> due = take();
        while (!due.isEmpty()) {
            for (ProjectRows.DueProject each : due) {
                ask(each);
            }
            due = System.nanoTime() < end ? take() : List.of();
        }
    }

    private void list(ProjectRows.DueCatalogue due) throws InterruptedException {
        try {
            List<Listed> listed = CatalogueSources.isFolder(due.source())
                    ? FolderListing.of(Path.of(due.source()))
                    : web.of(URI.create(due.source()));
            transactions.run(session -> ProjectRows.keepListing(due.name(), listed, clock.instant(), session));
        } catch (IOException e) {
            LOG.warn("the catalogue {} could not be listed; its last state stays: {}", due.name(), reason(e));
            transactions.run(session -> ProjectRows.listingFailed(due.name(), reason(e), session));
        }
    }

    private List<ProjectRows.DueProject> take() {
        Instant now = clock.instant();
        return transactions.call(session -> ProjectRows.takeProjects(AT_ONCE, now, now.plus(interval), session));
    }

    private void ask(ProjectRows.DueProject project) {
        try {
            GitRefs.Refs found = refs.read(project.cloneUrl());
            transactions.run(session -> ProjectRows.keepRefs(project, found, clock.instant(), session));
        } catch (IOException e) {
            LOG.info("{}", reason(e));
            transactions.run(session -> ProjectRows.readingFailed(project, reason(e), session));
        }
    }

    private static String reason(IOException e) {
        @Nullable
        String message = e instanceof FileSystemException file
                ? file.getFile() + " is not a folder that can be read"
                : e.getMessage();
        String line = String.valueOf(message).replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST_ERROR ? line : line.substring(0, LONGEST_ERROR) + "…";
    }
}

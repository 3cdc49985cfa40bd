package dev.slipway.server.publications;

import dev.slipway.packages.buckets.FileBucketCache;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.hibernate.StatelessSession;

/**
 * Removes publications that nothing refers to: no channel now or lately, no compose, no release. Their files are blobs and
 * go with the blobs that nothing refers to. What was removed can be made again, with the same bytes.
 */
final class PublicationSweep {

    /** How long a publication is kept that was asked for and is not shown yet. */
    static final Duration GRACE = Duration.ofDays(1);

    /** How many former publications of a channel are kept for going back, however long ago. */
    private static final int KEPT_FORMER = 10;

    private static final Duration BUCKET_LIFE = Duration.ofDays(30);
    private static final int BATCH = 200;

    private final Transactions transactions;
    private final FileBucketCache buckets;
    private final Clock clock;

    PublicationSweep(Transactions transactions, FileBucketCache buckets, Clock clock) {
        this.transactions = transactions;
        this.buckets = buckets;
        this.clock = clock;
    }

    void sweep() throws IOException {
        transactions.run(this::forgetHistory);
        int removed;
        do {
            removed = transactions.call(this::removeSome);
        } while (removed == BATCH);
        transactions.run(this::forgetDrafts);
        while (buckets.removeUnusedSince(clock.instant().minus(BUCKET_LIFE), BATCH) == BATCH) {
            Thread.onSpinWait();
        }
    }

    private void forgetHistory(StatelessSession session) {
        Sql.update(session, """
                delete from channel_history where id in (
                    select id from (
                        select id, until_at, row_number() over (partition by channel_id order by id desc) as place
                        from channel_history) ranked
                    where place > ? and until_at < ?)""", KEPT_FORMER + 1, clock.instant().minus(GRACE));
    }

    /** Versions that were drawn up and never came to be. */
    private void forgetDrafts(StatelessSession session) {
        Sql.update(session, """
                delete from repository_version v
                where v.draft_of is not null and v.created_at < ?
                  and not exists (select from publication p
                      where p.repository_id = v.repository_id and p.version = v.number)
                  and not exists (select from release_target t
                      where t.repository_id = v.repository_id and t.to_version = v.number)""", clock.instant().minus(GRACE));
    }

    private int removeSome(StatelessSession session) {
        return Sql.update(session, """
                delete from publication where id in (
                    select p.id from publication p
                    where p.touched_at < ? and p.state <> 'signing'
                      and not exists (select from channel c where c.publication_id = p.id or c.pending_id = p.id)
                      and not exists (select from channel_history h where h.publication_id = p.id)
                      and not exists (select from compose m where m.publication_id = p.id)
                      and not exists (select from release_target t
                          where t.from_publication_id = p.id or t.to_publication_id = p.id)
                    limit ? for update of p skip locked)""", clock.instant().minus(GRACE), BATCH);
    }
}

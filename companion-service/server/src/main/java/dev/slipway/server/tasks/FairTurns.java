package dev.slipway.server.tasks;

import dev.slipway.server.database.Sql;
import java.util.Collection;
import org.hibernate.StatelessSession;

/**
 * Gives tasks their place among equals, so that owners take turns: start-time fair queueing (Goyal, Vin and Cheng, 1996)
 * with every task weighing the same. An owner's tasks have consecutive ranks; they start where the owner's last ones ended,
 * but never before the queue's present place, so that nobody saves up turns while idle.
 */
final class FairTurns {
    private FairTurns() {}

    /** The rank of the first of {@code count} new tasks of an owner in these slots; the others follow it. */
    static long take(StatelessSession session, long ownerId, int count, Collection<String> slots, int priority) {
        return Sql.number(session, """
                        with present as (
                          select coalesce(
                            (select min(q.fair_rank)
                               from unnest(?) s(slot)
                              cross join lateral (
                                select fair_rank from task
                                 where state = 'ready' and slot = s.slot and priority = ?
                                 order by fair_rank limit 1) q),
                            (select max(rank) from owner_turn), 0) as rank)
                        insert into owner_turn as o (owner_id, rank)
                        select ?, rank + ? from present
                        on conflict (owner_id) do update
                           set rank = greatest(o.rank, (select rank from present)) + ?
                        returning rank
                        """, slots, priority, ownerId, count, count) - count;
    }
}

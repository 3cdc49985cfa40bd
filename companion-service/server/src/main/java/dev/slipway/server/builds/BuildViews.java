package dev.slipway.server.builds;

import dev.slipway.api.builds.Build;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Builds as the API shows them, one by one and in lists. */
public final class BuildViews {
    private final BuildParts parts;
    private final BuildCounts counts;

    BuildViews(BuildParts parts, BuildCounts counts) {
        this.parts = parts;
        this.counts = counts;
    }

    public Build get(long id, StatelessSession session) {
        return parts.builds(List.of(id), session).stream()
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("build", id));
    }

    /** A piece of the list, newest first, and whether there are more behind it. */
    record Piece(List<Build> builds, boolean more) {}

    Piece piece(BuildFilter filter, int limit, StatelessSession session) {
        List<Long> ids = ids(filter, 0, limit + 1, session);
        boolean more = ids.size() > limit;
        return new Piece(parts.builds(more ? ids.subList(0, limit) : ids, session), more);
    }

    private static List<Long> ids(BuildFilter filter, long offset, int limit, StatelessSession session) {
        return Sql.list(
                session,
                "select b.id from build b" + filter.where() + " order by b.id desc offset ? limit ?",
                row -> row.number(1),
                filter.parameters(offset, limit));
    }

    /** A piece of the list, and how many there are in the whole of it. */
    record Page(List<Build> builds, long total) {}

    Page page(BuildFilter filter, long offset, int limit, StatelessSession session) {
        OptionalLong many = counts.remembered(filter);
        if (many.isPresent()) {
            return new Page(parts.builds(ids(filter, offset, limit, session), session), many.getAsLong());
        }
        // Few: all of them are found at once, instead of walking through builds until a page is full. The numbers stand
        // in the query because the database would plan it anew each time if it did not know them.
        record Counted(long total, @Nullable Long id) {}
        List<Counted> found = Sql.list(
                session,
                "with found as materialized (" + filter.key().ids() + """
                        )
                        select n.total, f.id
                          from (select count(*) as total from found) n
                          left join (select id from found order by id desc""" + " offset " + offset + " limit " + limit
                        + ") f on true",
                row -> new Counted(row.number("total"), row.numberOrNull("id")),
                filter.parameters());
        long total = found.get(0).total();
        counts.remember(filter, total);
        List<Long> ids =
                found.stream().map(Counted::id).filter(Objects::nonNull).toList();
        return new Page(parts.builds(ids, session), total);
    }
}

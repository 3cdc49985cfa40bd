package dev.slipway.server.builds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.api.builds.Build;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ETags;
import dev.slipway.server.http.Json;
import dev.slipway.server.http.ProblemException;
import jakarta.ws.rs.core.EntityTag;
import java.util.function.LongPredicate;
import org.hibernate.StatelessSession;

/**
 * Builds as the JSON of their answers, kept for those who ask again: a large build is hundreds of kilobytes of it, and
 * whoever waits for its end asks every few seconds. What is kept is answered only while the database says that no row of
 * what it shows has changed.
 */
final class RenderedBuilds {
    private static final long MOST_BYTES = 32L << 20;

    /**
     * The versions of all rows that make up a build's answer: {@code xmin} is the transaction that wrote a row. Of many
     * rows it is a digest in no order, with their number.
     */
    private static final String VERSION = """
            select b.owner_id, concat_ws(' ', b.xmin, u.xmin,
              (select concat(count(*), '/', bit_xor(hashint8extended(t.id, t.xmin::text::bigint)))
                 from task t where t.build_id = b.id),
              (select concat(count(*), '/', bit_xor(hashint8extended(a.id, a.xmin::text::bigint)))
                 from artifact a where a.task_id = any(array(select t.id from task t where t.build_id = b.id))),
              (select concat(count(*), '/', bit_xor(hashint8extended(s.id, s.xmin::text::bigint)))
                 from build_source s where s.build_id = b.id),
              (select concat(count(*), '/', bit_xor(hashint8extended(p.id, p.xmin::text::bigint)))
                 from build_platform bp join platform p on p.id = bp.platform_id where bp.build_id = b.id),
              (select concat(count(*), '/', bit_xor(hashint8extended(r.id, r.xmin::text::bigint)))
                 from repository r where r.build_id = b.id),
              (select concat(count(*), '/', bit_xor(hashint8extended(c.id, c.xmin::text::bigint)))
                 from repository r join channel c on c.repository_id = r.id where r.build_id = b.id),
              (select concat(count(*), '/', bit_xor(hashint8extended(l.linked_build_id, l.xmin::text::bigint)))
                 from build_link l where l.build_id = b.id),
              (select concat(count(*), '/', bit_xor(hashint8extended(d.id, d.xmin::text::bigint)))
                 from build_difference d where d.build_id = b.id),
              (select concat(count(*), '/', bit_xor(hashint8extended(r.id, r.xmin::text::bigint)))
                 from test_run r where r.build_id = b.id)) as version
              from build b join app_user u on u.id = b.owner_id where b.id = ?
            """;

    private final BuildViews views;
    private final Cache<Key, Rendered> kept = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .<Key, Rendered>weigher((key, rendered) -> rendered.json().length)
            .build();

    /** A build, with what is private of its user or without. */
    private record Key(long id, boolean whole) {}

    private record Version(long ownerId, String rows) {}

    RenderedBuilds(BuildViews views) {
        this.views = views;
    }

    /**
     * A build's answer.
     *
     * @param version of the rows it was made of
     * @param tag as of its content
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Rendered(String version, EntityTag tag, byte[] json) {}

    /**
     * A build's answer.
     *
     * @param seesPrivateDataOf whether the caller may see what is private of a user, by id
     * @throws ProblemException 404 when there is no such build
     */
    Rendered get(long id, LongPredicate seesPrivateDataOf, StatelessSession session) {
        Version version = Sql.one(session, VERSION, row -> new Version(row.number("owner_id"), row.text("version")), id)
                .orElseThrow(() -> ProblemException.notFound("build", id));
        Key key = new Key(id, seesPrivateDataOf.test(version.ownerId()));
        Rendered rendered = kept.getIfPresent(key);
        if (rendered == null || !rendered.version().equals(version.rows())) {
            Build build = views.get(id, session);
            rendered = render(version.rows(), key.whole() ? build : build.withoutPrivateData());
            kept.put(key, rendered);
        }
        return rendered;
    }

    private static Rendered render(String version, Build build) {
        try {
            return new Rendered(version, ETags.ofContent(build), Json.mapper().writeValueAsBytes(build));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("build " + build.id() + " cannot be written as JSON", e);
        }
    }
}

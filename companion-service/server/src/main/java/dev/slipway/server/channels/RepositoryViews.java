package dev.slipway.server.channels;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.repositories.Repository;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import dev.slipway.server.repositories.RepositoryOptions;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Repositories as callers see them. */
final class RepositoryViews {

    private static final String SELECT = """
            select r.*, c.path, p.name as platform, d.name as distribution, k.keyid,
                coalesce(v.package_count, 0) as package_count
            from repository r
            left join channel c on c.repository_id = r.id
            left join platform p on p.id = r.platform_id
            left join distribution d on d.id = r.distribution_id
            left join sign_key k on k.id = r.sign_key_id
            left join repository_version v on v.repository_id = r.id and v.number = r.current_version
            """;

    private static final String CONDITION = """
            (?::text is null or r.name = ?) and (?::text is null or r.arch = ?) and (?::text is null or r.type = ?)
            and (?::boolean is null or r.debug = ?) and (?::boolean is null or r.production = ?)
            and (?::text is null or r.kind = ?) and (?::bigint is null or r.build_id = ?)
            and (?::text is null or r.platform_id = (select id from platform where name = ?))
            and (?::text is null or r.distribution_id = (select id from distribution where name = ?))
            """;

    /** What a list holds; null members don't narrow it. */
    record Filter(
            @Nullable String name,
            @Nullable String arch,
            @Nullable String type,
            @Nullable Boolean debug,
            @Nullable Boolean production,
            @Nullable String kind,
            @Nullable Long buildId,
            @Nullable String platform,
            @Nullable String distribution) {

        @Nullable
        Object[] twice() {
            @Nullable Object[] once = {name, arch, type, debug, production, kind, buildId, platform, distribution};
            @Nullable Object[] all = new @Nullable Object[once.length * 2];
            for (int i = 0; i < all.length; i++) {
                all[i] = once[i / 2];
            }
            return all;
        }
    }

    private final ServedUrls urls;

    RepositoryViews(ServedUrls urls) {
        this.urls = urls;
    }

    Optional<Repository> find(long id, StatelessSession session) {
        return Sql.one(session, SELECT + " where r.id = ?", this::read, id);
    }

    /** Repositories behind {@code afterId}, by id. */
    List<Repository> list(Filter filter, long afterId, long offset, int limit, StatelessSession session) {
        return Sql.list(
                session,
                SELECT + " where " + CONDITION + " and r.id > ? order by r.id offset ? limit ?",
                this::read,
                with(filter.twice(), afterId, offset, limit));
    }

    long count(Filter filter, StatelessSession session) {
        return Sql.number(session, "select count(*) from repository r where " + CONDITION, filter.twice());
    }

    private static @Nullable Object[] with(@Nullable Object[] first, Object... more) {
        @Nullable Object[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    private Repository read(Row row) throws SQLException {
        JsonNode json = row.json("options");
        RepositoryOptions options = Json.mapper().convertValue(json, RepositoryOptions.class);
        String channel = row.textOrNull("path");
        String foreign = row.textOrNull("url");
        return new Repository(
                row.number("id"),
                row.text("name"),
                row.text("arch"),
                foreign == null ? urls.channel(Objects.requireNonNull(channel)) : foreign,
                row.text("type"),
                row.flag("debug"),
                row.flag("production"),
                null,
                row.text("kind"),
                channel,
                options.suite(),
                options.components() == null ? List.of() : options.components(),
                options.priority() == null ? RepositoryOptions.DEFAULT_PRIORITY : options.priority(),
                row.textOrNull("platform"),
                row.textOrNull("distribution"),
                row.numberOrNull("build_id"),
                row.textOrNull("keyid"),
                row.integer("current_version"),
                row.integer("package_count"),
                row.integer("revision"),
                row.instant("created_at"));
    }
}

package dev.slipway.server.builds;

import dev.slipway.api.problems.ProblemError;
import dev.slipway.server.http.ProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which builds a list is to show, as conditions on the table {@code build b}. Null asks for nothing. */
final class BuildFilter {
    private final List<String> conditions = new ArrayList<>();
    private final List<String> named = new ArrayList<>();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    /** By a user's name or, when nobody has that name, id. */
    BuildFilter createdBy(@Nullable String user) {
        if (user == null) {
            return this;
        }
        long id = user.matches("[0-9]{1,18}") ? Long.parseLong(user) : -1;
        return and("b.owner_id = coalesce((select id from app_user where username = ?), ?)", user, id);
    }

    /**
     * With a source whose URL has this text in it. The inner select hides the text from the planner, which would compare
     * it with its statistics at every search and come to the same plan.
     */
    BuildFilter project(@Nullable String text) {
        return text == null
                ? this
                : among(
                        "select build_id from build_source where url_id in"
                                + " (select id from source_url where url like (select cast(? as text)))",
                        "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%");
    }

    BuildFilter ref(@Nullable String ref) {
        return ref == null ? this : among("select build_id from build_source where git_ref = ?", ref);
    }

    /** With one package that has all of these. */
    BuildFilter packages(
            @Nullable String name,
            @Nullable String epoch,
            @Nullable String version,
            @Nullable String release,
            @Nullable String arch) {
        List<String> ofPackage = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        addTo(ofPackage, values, "name = ?", name);
        addTo(ofPackage, values, "epoch = ?", epoch == null ? null : epoch(epoch));
        if (epoch != null && epoch(epoch) > 0) {
            ofPackage.add("epoch > 0"); // as the index says
        }
        addTo(ofPackage, values, "version = ?", version);
        addTo(ofPackage, values, "release = ?", release);
        addTo(ofPackage, values, "arch = ?", arch);
        return ofPackage.isEmpty()
                ? this
                : among(
                        "select build_id from build_package where " + String.join(" and ", ofPackage),
                        values.toArray());
    }

    private static void addTo(List<String> conditions, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.add(value);
        }
    }

    BuildFilter platform(@Nullable String id) {
        return id == null
                ? this
                : among("select build_id from build_platform where platform_id = ?", number("platform_id", id));
    }

    BuildFilter taskArch(@Nullable String arch) {
        return arch == null ? this : among("select build_id from build_task where arch = ?", arch);
    }

    BuildFilter released(@Nullable String released) {
        return released == null ? this : and("b.released = ?", flag("released", released));
    }

    BuildFilter signed(@Nullable String signed) {
        return signed == null ? this : and("b.signed = ?", flag("signed", signed));
    }

    BuildFilter running(@Nullable String running) {
        return running == null ? this : and("b.finished_at is " + (flag("is_running", running) ? "null" : "not null"));
    }

    /** Those that come after a build in the list, which is newest first. */
    BuildFilter before(long id) {
        return and("b.id < ?", id);
    }

    private BuildFilter and(String condition, Object... values) {
        conditions.add(condition);
        parameters.addAll(List.of(values));
        return this;
    }

    /** Builds that another table names: a query of their ids. */
    private BuildFilter among(String buildIds, Object... values) {
        named.add(buildIds);
        return and("b.id in (" + buildIds + ")", values);
    }

    private static long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw ProblemException.badRequest(name + " is a number", new ProblemError(name, "is a number"));
        }
    }

    private static int epoch(String value) {
        long epoch = number("rpm_epoch", value);
        if (epoch < 0 || epoch > Integer.MAX_VALUE) {
            String message = "is between 0 and " + Integer.MAX_VALUE;
            throw ProblemException.badRequest("rpm_epoch " + message, new ProblemError("rpm_epoch", message));
        }
        return (int) epoch;
    }

    private static boolean flag(String name, String value) {
        return switch (value) {
            case "true", "True", "1" -> true;
            case "false", "False", "0" -> false;
            default ->
                throw ProblemException.badRequest(
                        name + " is true or false", new ProblemError(name, "is true or false"));
        };
    }

    /** The where clause; empty when nothing is asked for. */
    String where() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    /** What makes two filters the same: the query of all ids in no order, and its parameters. */
    record Key(String ids, List<@Nullable Object> parameters) {}

    /** All builds that match; where another table alone names them, the builds' own need not be looked at. */
    Key key() {
        String ids = conditions.size() == 1 && named.size() == 1
                ? "select distinct build_id as id from (" + named.get(0) + ") n"
                : "select b.id from build b" + where();
        return new Key(ids, Collections.unmodifiableList(new ArrayList<>(parameters)));
    }

    /** The where clause's parameters, then further ones. */
    @Nullable
    Object[] parameters(Object... further) {
        List<@Nullable Object> all = new ArrayList<>(parameters);
        all.addAll(List.of(further));
        return all.toArray();
    }
}

package dev.slipway.server.builds;

import dev.slipway.api.problems.ProblemError;
import dev.slipway.server.http.ProblemException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which builds a list is to show: the founding system's query parameters, as conditions on the table {@code build b}. */
final class BuildFilter {
    private static final Set<String> OTHERS = Set.of("page_number", "pageNumber", "per_page", "after");
    private static final String TASKS = "exists (select 1 from build_task bt where bt.build_id = b.id and ";

    /** Of packages: their condition on {@code package p}, by parameter. */
    private static final Map<String, String> PACKAGE = Map.of(
            "rpm_name", "p.name = ?",
            "rpm_epoch", "coalesce(p.epoch, 0) = ?::integer",
            "rpm_version", "p.version = ?",
            "rpm_release", "p.release = ?",
            "rpm_arch", "p.arch = ?");

    private final List<String> conditions = new ArrayList<>();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    private BuildFilter() {}

    /** @throws ProblemException 400 for a parameter that is unknown or has no sensible value */
    static BuildFilter of(MultivaluedMap<String, String> query) {
        BuildFilter filter = new BuildFilter();
        List<String> ofPackage = new ArrayList<>();
        List<@Nullable Object> ofPackageParameters = new ArrayList<>();
        for (String name : new TreeSet<>(query.keySet())) {
            String value = query.getFirst(name);
            if (PACKAGE.containsKey(name)) {
                ofPackage.add(PACKAGE.get(name));
                ofPackageParameters.add(name.equals("rpm_epoch") ? Long.valueOf(number(name, value)) : value);
            } else if (!OTHERS.contains(name)) {
                filter.add(name, value);
            }
        }
        if (!ofPackage.isEmpty()) {
            filter.conditions.add("""
                    b.id in (select t.build_id from package p join artifact a on a.package_id = p.id
                               join task t on t.id = a.task_id where %s)""".formatted(String.join(" and ", ofPackage)));
            filter.parameters.addAll(ofPackageParameters);
        }
        return filter;
    }

    private void add(String name, String value) {
        switch (name) {
            case "created_by" ->
                add("b.owner_id in (select id from app_user where username = ? or id::text = ?)", value, value);
            case "project" ->
                add(
                        "exists (select 1 from build_source s where s.build_id = b.id and position(? in s.url) > 0)",
                        value);
            case "ref" -> add("exists (select 1 from build_source s where s.build_id = b.id and s.git_ref = ?)", value);
            case "platform_id" -> add(TASKS + "bt.platform_id = ?)", number(name, value));
            case "build_task_arch" -> add(TASKS + "bt.arch = ?)", value);
            case "released" -> add("b.released = ?", flag(name, value));
            case "signed" -> add("b.signed = ?", flag(name, value));
            case "is_running" -> add("(b.finished_at is null) = ?", flag(name, value));
            default ->
                throw ProblemException.badRequest(
                        "builds cannot be searched by " + name, new ProblemError(name, "is not known here"));
        }
    }

    private void add(String condition, Object... values) {
        conditions.add(condition);
        parameters.addAll(List.of(values));
    }

    private static long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw ProblemException.badRequest(name + " is a number", new ProblemError(name, "is a number"));
        }
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

    /** With one more condition. */
    BuildFilter and(String condition, Object... values) {
        BuildFilter more = new BuildFilter();
        more.conditions.addAll(conditions);
        more.parameters.addAll(parameters);
        more.add(condition, values);
        return more;
    }

    /** The where clause; empty when nothing is asked for. */
    String where() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    /** The where clause's parameters, then further ones. */
    @Nullable
    Object[] parameters(Object... further) {
        List<@Nullable Object> all = new ArrayList<>(parameters);
        all.addAll(List.of(further));
        return all.toArray();
    }
}

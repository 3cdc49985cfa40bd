package dev.slipway.cli.bench;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** What people and dashboards look for among many builds, with values that change from request to request. */
final class Searches {
    /** A search and the paths of its requests. */
    record Search(String name, Function<RandomGenerator, String> path) {}

    private static final String BUILDS = "/api/v1/builds/";
    private static final String[] ARCHES = {"x86_64", "i686", "aarch64", "ppc64le", "src"};
    private static final String[] REFS = {"c9s", "c8s", "main"};

    private Searches() {}

    /** @param builds how many of them {@code load.sql} made, beside the large one */
    static List<Search> all(long builds) {
        return List.of(
                page("unfiltered", random -> ""),
                page("creator", random -> "&created_by=packager-" + random.nextInt(50)),
                page("project", random -> "&project=" + project(random)),
                page("ref", random -> "&ref=" + ref(random)),
                page("rpm_name", random -> "&rpm_name=" + project(random)),
                page("rpm_epoch", random -> "&rpm_epoch=" + (1 + random.nextInt(5))),
                page("rpm_version", random -> "&rpm_version=" + version(random.nextLong(1, builds))),
                page("rpm_release", random -> "&rpm_release=" + release(random.nextLong(1, builds))),
                page("rpm_arch", random -> "&rpm_arch=" + ARCHES[random.nextInt(ARCHES.length)]),
                page("rpm_all", Searches::onePackage),
                page("platform", random -> "&platform_id=" + (1000 + random.nextInt(4))),
                page("task_arch", random -> "&build_task_arch=" + ARCHES[random.nextInt(ARCHES.length)]),
                page("signed", random -> "&signed=" + random.nextBoolean()),
                page("released", random -> "&released=" + random.nextBoolean()),
                page("running", random -> "&is_running=" + random.nextBoolean()),
                page(
                        "combined",
                        random -> "&signed=true&released=false&platform_id=" + (1000 + random.nextInt(4))
                                + "&created_by=packager-" + random.nextInt(50)),
                new Search(
                        "builds.deep_cursor",
                        random -> BUILDS + "?per_page=10&after=" + cursor(random.nextLong(20, builds / 2))),
                new Search("build.500_tasks", random -> BUILDS + "0/"),
                new Search(
                        "repository.packages",
                        random -> "/api/v1/repositories/1099/packages?per_page=100&after="
                                + cursor(random.nextLong(16 * builds / 5, 6 * builds))));
    }

    private static Search page(String name, Function<RandomGenerator, String> filter) {
        return new Search("builds." + name, random -> BUILDS + "?page_number=1" + filter.apply(random));
    }

    private static String project(RandomGenerator random) {
        return "lib" + random.nextInt(3000);
    }

    /** Half of the builds have one of three branches, the others one of many tags. */
    private static String ref(RandomGenerator random) {
        return random.nextBoolean() ? REFS[random.nextInt(REFS.length)] : "v1." + random.nextInt(500);
    }

    private static String version(long build) {
        return "1." + build % 40 + "." + build % 7;
    }

    private static String release(long build) {
        return build / 40 % 60 + 1 + ".el" + (8 + build % 4);
    }

    private static String onePackage(RandomGenerator random) {
        long build = random.nextLong(1, 1000);
        return "&rpm_name=lib" + 2 * build * 7919 % 3000 + "&rpm_version=" + version(build) + "&rpm_release="
                + release(build) + "&rpm_arch=x86_64";
    }

    private static String cursor(long id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Long.toString(id).getBytes(StandardCharsets.US_ASCII));
    }
}

package dev.slipway.client.steps;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.api.tasks.Artifact;
import dev.slipway.client.follow.BuildProgress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What pipelines get: maps, lists, texts, numbers and booleans that any program can store and print. */
final class Plain {
    private static final Set<String> PACKAGES = Set.of("rpm", "deb");

    private Plain() {}

    /** A map of names and values in this order; values that are null are left out. */
    static Map<String, Object> map(@Nullable Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                map.put(String.valueOf(namesAndValues[i]), value);
            }
        }
        return map;
    }

    static List<Map<String, Object>> tasks(Build build, String base) {
        List<Map<String, Object>> tasks = new ArrayList<>();
        for (BuildTask task : build.tasks()) {
            tasks.add(map(
                    "id", task.id(),
                    "source", BuildProgress.name(task.ref().url()),
                    "platform", task.platform().name(),
                    "arch", task.arch(),
                    "state", task.state(),
                    "commit", task.ref().gitCommitHash(),
                    "error", task.error(),
                    "log", Links.absolute(base, task.logHref())));
        }
        return tasks;
    }

    static List<Map<String, Object>> packages(Build build, String base) {
        List<Map<String, Object>> packages = new ArrayList<>();
        for (BuildTask task : build.tasks()) {
            for (Artifact artifact : task.artifacts()) {
                if (PACKAGES.contains(artifact.type())) {
                    packages.add(map(
                            "name", artifact.name(),
                            "platform", task.platform().name(),
                            "arch", task.arch(),
                            "url", Links.absolute(base, artifact.href()),
                            "sha256", artifact.sha256(),
                            "size", artifact.size()));
                }
            }
        }
        return packages;
    }

    static List<Map<String, Object>> repositories(Build build, String base) {
        List<Map<String, Object>> repositories = new ArrayList<>();
        for (Build.Repository one : build.repositories()) {
            repositories.add(map(
                    "name", one.name(),
                    "platform", one.platform(),
                    "arch", one.arch(),
                    "debug", one.debug(),
                    "url", Links.absolute(base, one.url())));
        }
        return repositories;
    }

    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}

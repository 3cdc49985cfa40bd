package dev.slipway.server.buildnodes;

import dev.slipway.api.buildnode.NodeTask;
import dev.slipway.api.builds.BuildOptions;
import dev.slipway.api.tasks.BuildWork;
import dev.slipway.api.tasks.WorkRepository;
import dev.slipway.packages.PackagePath;
import dev.slipway.server.channels.ServedUrls;
import dev.slipway.server.database.Sql;
import dev.slipway.server.tasks.Claims;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Tells a node what to build, with addresses that need neither a token nor a knowledge of this service. */
public final class NodeTasks {
    private final ServedUrls urls;

    public NodeTasks(ServedUrls urls) {
        this.urls = urls;
    }

    NodeTask of(Claims.HandedOut handedOut, StatelessSession session) {
        long id = handedOut.task().id();
        BuildWork work = Objects.requireNonNull(handedOut.description().build());
        Optional<SourcePackage> source = sourcePackage(id, session);
        return new NodeTask(
                id,
                handedOut.task().arch(),
                work.buildId(),
                new NodeTask.Ref(
                        work.source().url(),
                        work.source().gitRef(),
                        work.source().refType(),
                        work.source().commitHash()),
                new NodeTask.NodePlatform(
                        work.platform().name(),
                        work.platform().type(),
                        data(work.platform().data(), work.options())),
                new NodeTask.Person(
                        work.createdBy().name(),
                        Objects.requireNonNullElse(work.createdBy().email(), "")),
                work.repositories().stream().map(this::repository).toList(),
                linkedBuilds(work.buildId(), session),
                source.map(SourcePackage::url).orElse(null),
                source.map(SourcePackage::sha256).orElse(null),
                false,
                false);
    }

    private NodeTask.NodeRepository repository(WorkRepository repository) {
        return new NodeTask.NodeRepository(
                repository.name(),
                urls.absolute(repository.url()),
                repository.priority(),
                true,
                repository.suite(),
                repository.components());
    }

    /** The platform's data with its macros and the build's options where such nodes look for them. */
    private static Map<String, Object> data(Map<String, Object> ofPlatform, BuildOptions options) {
        Map<String, Object> definitions = members(ofPlatform, "macros");
        definitions.putAll(members(ofPlatform, "definitions"));
        definitions.putAll(options.definitions());
        Map<String, Object> mock = members(ofPlatform, "mock");
        if (!options.with().isEmpty()) {
            mock.put("with", options.with());
        }
        if (!options.without().isEmpty()) {
            mock.put("without", options.without());
        }
        Map<String, Object> data = new LinkedHashMap<>(ofPlatform);
        data.put("definitions", definitions);
        data.put("mock", mock);
        return data;
    }

    /** A copy of an object that a platform's data holds; empty when it holds none. */
    private static Map<String, Object> members(Map<String, Object> data, String name) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (data.get(name) instanceof Map<?, ?> present) {
            present.forEach((key, value) -> members.put(String.valueOf(key), value));
        }
        return members;
    }

    private static List<Long> linkedBuilds(long buildId, StatelessSession session) {
        return Sql.list(
                session,
                "select linked_build_id from build_link where build_id = ? order by linked_build_id",
                row -> row.number("linked_build_id"),
                buildId);
    }

    private record SourcePackage(String url, String sha256) {}

    /** The source package of a binary task, as the build's repository of sources serves it. */
    private Optional<SourcePackage> sourcePackage(long taskId, StatelessSession session) {
        List<SourcePackage> found = Sql.list(
                session,
                """
                select c.path, p.format, p.source_name, p.file_name, p.blob_sha256
                  from build_task bt
                  join artifact a on a.task_id = bt.source_task_id
                  join package p on p.id = a.package_id and p.is_source
                  join repository r on r.build_id = bt.build_id and r.platform_id = bt.platform_id and not r.debug
                                   and (r.type = 'deb' or r.arch = 'src')
                  join channel c on c.repository_id = r.id
                 where bt.task_id = ? order by p.id
                """,
                row -> new SourcePackage(
                        urls.channel(row.text("path"))
                                + place(row.text("format"), row.text("source_name"), row.text("file_name")),
                        row.text("blob_sha256")),
                taskId);
        return found.stream().findFirst();
    }

    private static String place(String format, @Nullable String sourceName, String fileName) {
        return format.equals("rpm") ? PackagePath.rpm(fileName) : PackagePath.deb(String.valueOf(sourceName), fileName);
    }
}

package dev.slipway.server.buildnodes;

import dev.slipway.api.buildnode.NodeReport.NodeArtifact;
import dev.slipway.api.tasks.ReportedArtifact;
import dev.slipway.server.blobs.Blob;
import dev.slipway.server.blobs.BlobAddresses;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.Violations;
import dev.slipway.server.tasks.TaskRow;
import dev.slipway.server.tasks.TaskStore;
import dev.slipway.server.tasks.TaskUploads;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Finds the files of a node's report among the blobs, and makes them uploads of its task. */
public final class NodeArtifacts {
    private static final Set<String> TYPES =
            Set.of("rpm", "build_log", "deb", "dsc", "source", "changes", "buildinfo", "other");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

    private final TaskStore tasks;
    private final BlobAddresses addresses;

    public NodeArtifacts(TaskStore tasks, BlobAddresses addresses) {
        this.tasks = tasks;
        this.addresses = addresses;
    }

    /**
     * Notes the files as uploads under that lease, and answers them as a worker reports them.
     *
     * @throws ProblemException 422 that names every file that is not there, or not so
     */
    List<ReportedArtifact> note(long taskId, UUID lease, List<NodeArtifact> artifacts, StatelessSession session) {
        TaskRow task = tasks.lock(taskId, session)
                .filter(found -> Objects.equals(found.leaseId(), lease))
                .orElseThrow(() -> ProblemException.conflict("build task " + taskId + " has changed hands"));
        Violations violations = new Violations();
        List<ReportedArtifact> files = new ArrayList<>();
        for (int i = 0; i < artifacts.size(); i++) {
            NodeArtifact artifact = artifacts.get(i);
            TaskUploads.checkName(artifact.name());
            blob(artifact, "/artifacts/" + i, violations, session).ifPresent(blob -> {
                TaskUploads.note(task, new TaskUploads.Uploaded(artifact.name(), blob.sha256(), blob.size()), session);
                files.add(new ReportedArtifact(artifact.name(), type(artifact.type()), blob.sha256(), blob.size()));
            });
        }
        violations.throwIfAny();
        return files;
    }

    private Optional<Blob> blob(
            NodeArtifact artifact, String pointer, Violations violations, StatelessSession session) {
        violations.check(
                TYPES.contains(artifact.type()),
                pointer + "/type",
                "is rpm or build_log, or one of deb, dsc, source, changes, buildinfo, other");
        Optional<Blob> found = addresses.find(artifact.href(), session);
        violations.check(
                found.isPresent(),
                pointer + "/href",
                artifact.name() + " is not at '" + artifact.href()
                        + "': upload it by PUT /api/v1/blobs/{name} and give the address of that blob");
        String declared = artifact.sha256();
        found.ifPresent(blob -> violations.check(
                declared == null || declared.toLowerCase(Locale.ROOT).equals(blob.sha256()),
                pointer + "/sha256",
                artifact.name() + " was uploaded with the SHA-256 " + blob.sha256()));
        return found;
    }

    private static String type(String ofNode) {
        return ofNode.equals("build_log") ? "log" : ofNode;
    }

    /** The commit that a node names, if it is one. */
    static @Nullable String commit(@Nullable String given) {
        return given != null && COMMIT.matcher(given).matches() ? given : null;
    }
}

package dev.slipway.server.builds;

import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** What a caller of the list of builds looks for: the founding system's query parameters. A {@code @BeanParam}. */
public final class BuildQuery {
    @QueryParam("created_by")
    private @Nullable String createdBy;

    @QueryParam("project")
    private @Nullable String project;

    @QueryParam("ref")
    private @Nullable String ref;

    @QueryParam("rpm_name")
    private @Nullable String packageName;

    @QueryParam("rpm_epoch")
    private @Nullable String packageEpoch;

    @QueryParam("rpm_version")
    private @Nullable String packageVersion;

    @QueryParam("rpm_release")
    private @Nullable String packageRelease;

    @QueryParam("rpm_arch")
    private @Nullable String packageArch;

    @QueryParam("platform_id")
    private @Nullable String platformId;

    @QueryParam("build_task_arch")
    private @Nullable String taskArch;

    @QueryParam("released")
    private @Nullable String released;

    @QueryParam("signed")
    private @Nullable String signed;

    @QueryParam("is_running")
    private @Nullable String running;

    /** @throws dev.slipway.server.http.ProblemException 400 for a value that makes no sense */
    BuildFilter filter() {
        return new BuildFilter()
                .createdBy(createdBy)
                .project(project)
                .ref(ref)
                .packages(packageName, packageEpoch, packageVersion, packageRelease, packageArch)
                .platform(platformId)
                .taskArch(taskArch)
                .released(released)
                .signed(signed)
                .running(running);
    }
}

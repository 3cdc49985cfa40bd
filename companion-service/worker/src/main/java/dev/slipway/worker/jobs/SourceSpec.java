package dev.slipway.worker.jobs;

import dev.slipway.api.builds.RefType;
import org.jspecify.annotations.Nullable;

/**
 * Where a source comes from.
 *
 * @param url of a Git repository, or of a source RPM for {@link RefType#SRPM_URL}
 * @param ref branch, tag or commit; null for the repository's default branch
 * @param commit 40 hexadecimal digits: taken whatever {@code ref} points at meanwhile, so that all tasks of a build take
 *     the same one; null the first time
 */
public record SourceSpec(
        String url,
        @Nullable String ref,
        RefType refType,
        @Nullable String commit) {}

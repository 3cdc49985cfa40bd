package dev.slipway.api.repositories;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packages to put into and take out of a hosted repository, as one new version.
 *
 * @param add package ids
 * @param remove package ids
 * @param reason kept with the version; the caller's name stands in when absent
 */
public record RepositoryChange(
        @Nullable List<Long> add,
        @Nullable List<Long> remove,
        @Nullable String reason) {}

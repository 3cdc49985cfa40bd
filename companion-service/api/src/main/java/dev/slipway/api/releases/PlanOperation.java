package dev.slipway.api.releases;

import org.jspecify.annotations.Nullable;

/**
 * One edit of a plan.
 *
 * @param op {@code move} (from {@code fromRepositoryId}, or from everywhere when that is absent, to {@code repositoryId}),
 *     {@code add-repository}, {@code remove-repository}, {@code exclude}, {@code include}, {@code force} (needs a reason),
 *     {@code unforce}
 * @param packageId the planned package's id
 * @param repositoryId of move, add-repository and remove-repository
 */
public record PlanOperation(
        String op,
        Long packageId,
        @Nullable Long repositoryId,
        @Nullable Long fromRepositoryId,
        @Nullable String reason) {}

package dev.slipway.api.releases;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * A place for a package, and why.
 *
 * @param reason {@code history}, {@code rule}, {@code reference}, {@code source}, {@code debug}, {@code noarch},
 *     {@code weak-arch}, {@code multilib}, {@code default}, or {@code operation} when a person chose it; absent in a plan
 *     that a caller sends
 * @param trust 1 sure, 2 likely, 0 no evidence, 3 least
 * @param evidence what the reason rests on: one line
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlannedTarget(
        long id,
        String name,
        String arch,
        boolean debug,
        @Nullable String reason,
        @Nullable Integer trust,
        @Nullable String evidence) {}

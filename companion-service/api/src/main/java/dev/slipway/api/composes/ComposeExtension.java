package dev.slipway.api.composes;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a compose longer.
 *
 * @param lifetimeSeconds from now; the compose's own lifetime when absent. A compose that would live longer anyway keeps
 *     its time
 */
public record ComposeExtension(@Nullable Long lifetimeSeconds) {}

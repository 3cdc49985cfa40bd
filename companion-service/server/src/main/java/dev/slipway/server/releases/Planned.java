package dev.slipway.server.releases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a plan that is not excluded, resolved to what the database knows.
 *
 * @param force why its red checks are overruled
 */
record Planned(
        Candidate candidate, List<Place> targets, @Nullable String force) {}

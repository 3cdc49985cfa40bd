package dev.slipway.api.builds;

import dev.slipway.api.Copies;
import java.util.List;

/** A page of the list of builds, newest first; {@code currentPage} counts from 1. */
public record BuildPage(List<Build> builds, long totalBuilds, int currentPage) {
    public BuildPage {
        builds = Copies.list(builds);
    }
}

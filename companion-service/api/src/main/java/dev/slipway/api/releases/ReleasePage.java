package dev.slipway.api.releases;

import dev.slipway.api.Copies;
import java.util.List;

/** One page of releases, newest first; {@code currentPage} counts from 1. */
public record ReleasePage(List<Release> releases, long totalReleases, int currentPage) {
    public ReleasePage {
        releases = Copies.list(releases);
    }
}

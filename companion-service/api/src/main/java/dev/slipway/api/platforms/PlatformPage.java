package dev.slipway.api.platforms;

import dev.slipway.api.Copies;
import java.util.List;

/** A page of the list of platforms, by name; {@code currentPage} counts from 1. */
public record PlatformPage(List<Platform> platforms, long totalPlatforms, int currentPage) {
    public PlatformPage {
        platforms = Copies.list(platforms);
    }
}

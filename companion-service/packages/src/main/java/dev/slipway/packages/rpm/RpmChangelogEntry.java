package dev.slipway.packages.rpm;

/**
 * One entry of a package's changelog.
 *
 * @param time seconds since 1970, as in the header (noon UTC of the day, when only the day is given)
 * @param author name, address and, by habit, version
 */
public record RpmChangelogEntry(long time, String author, String text) {}

package dev.slipway.packages.debindex;

/**
 * One file of a suite that its {@code Release} vouches for.
 *
 * @param path relative to the suite's directory, for example {@code main/binary-amd64/Packages.gz}
 * @param size in bytes
 * @param sha256 lower-case hexadecimal digits
 * @param stored whether it is served; a plain index whose packed form is served need not be, but must be listed: apt
 *     takes an index that is listed in packed form alone for an empty one
 */
public record IndexFile(String path, long size, String sha256, boolean stored) {}

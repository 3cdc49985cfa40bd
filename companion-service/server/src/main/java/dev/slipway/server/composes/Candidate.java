package dev.slipway.server.composes;

/**
 * A package that a compose may hold.
 *
 * @param contentDigest what all copies of it, signed and unsigned, have in common
 * @param origin the repository it was found in, for messages
 */
record Candidate(
        long id,
        String nevra,
        String name,
        String sourceName,
        String fileName,
        String sha256,
        String contentDigest,
        String origin) {}

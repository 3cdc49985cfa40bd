package dev.slipway.server.releases;

/**
 * A family of repositories for a package, and why.
 *
 * @param trust 1 sure, 2 likely, 0 no evidence, 3 least
 */
record FamilyChoice(String family, String reason, int trust, String evidence) {

    /** The same family for another reason, trusted {@code atBest} so far as this choice is sure. */
    FamilyChoice because(String otherReason, int atBest, String otherEvidence) {
        return new FamilyChoice(family, otherReason, trust == 1 ? atBest : trust, otherEvidence);
    }
}

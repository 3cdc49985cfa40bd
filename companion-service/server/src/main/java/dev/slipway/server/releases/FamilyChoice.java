package dev.slipway.server.releases;

/**
 * A family of repositories for a package, and why.
 *
 * @param trust 1 sure, 2 likely, 0 no evidence, 3 least
 */
record FamilyChoice(String family, String reason, int trust, String evidence) {

    FamilyChoice because(String otherReason, int atBest, String otherEvidence) {
        return new FamilyChoice(family, otherReason, trust == 1 ? atBest : trust, otherEvidence);
    }
}

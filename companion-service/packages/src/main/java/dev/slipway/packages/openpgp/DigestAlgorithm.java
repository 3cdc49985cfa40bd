package dev.slipway.packages.openpgp;

import org.bouncycastle.bcpg.HashAlgorithmTags;

/** Digests that signatures are made with. Weaker ones are refused when a document signature is verified. */
public enum DigestAlgorithm {
    SHA256(HashAlgorithmTags.SHA256),
    SHA512(HashAlgorithmTags.SHA512);

    private final int tag;

    DigestAlgorithm(int tag) {
        this.tag = tag;
    }

    int tag() {
        return tag;
    }
}

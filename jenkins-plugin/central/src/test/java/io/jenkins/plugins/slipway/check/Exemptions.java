package io.jenkins.plugins.slipway.check;

import java.util.Set;

/** What is deprecated and used all the same, each with its reason. */
final class Exemptions {
    /**
     * {@code @Extension(optional = true)}: keeps the log silent about extensions whose plugin is not installed. What is
     * offered in its place comes from one more plugin, which a controller need not have either.
     */
    static final Set<String> ANNOTATION_ELEMENTS = Set.of("hudson/Extension.optional()");

    private Exemptions() {}
}

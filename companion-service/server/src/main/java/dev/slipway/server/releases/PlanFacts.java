package dev.slipway.server.releases;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known when a release is planned or checked, as of one moment.
 *
 * @param candidates the packages that the release's builds made for its platform
 * @param places the distribution's repositories for the platform
 * @param published what those have now of the candidates' names and sources
 * @param reference the same of the reference platform's repositories
 * @param signatures package id → ids of the keys that vouch for it
 * @param tests package id → how its tests went
 * @param outcomes per build and source, how the architectures ended
 * @param closure what the packages need of others
 */
record PlanFacts(
        Destination destination,
        List<Candidate> candidates,
        List<Place> places,
        List<Published> published,
        List<Published> reference,
        Map<Long, Set<String>> signatures,
        Map<Long, TestEvidence> tests,
        List<SourceOutcome> outcomes,
        Closure closure) {}

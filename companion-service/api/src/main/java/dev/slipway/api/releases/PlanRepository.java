package dev.slipway.api.releases;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** A repository that packages of a release may go to. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlanRepository(long id, String name, String arch, boolean debug) {}

package dev.slipway.api.identity;

import java.util.List;

/** One page of teams, by name; {@code currentPage} counts from 1. */
public record TeamPage(List<Team> teams, long totalTeams, int currentPage) {}

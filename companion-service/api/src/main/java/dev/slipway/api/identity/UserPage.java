package dev.slipway.api.identity;

import java.util.List;

/** One page of users, by name; {@code currentPage} counts from 1. */
public record UserPage(List<User> users, long totalUsers, int currentPage) {}

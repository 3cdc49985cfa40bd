package dev.slipway.api.identity;

import java.util.List;

/** One page of service clients, newest first; {@code currentPage} counts from 1. */
public record ClientPage(List<Client> clients, long totalClients, int currentPage) {}

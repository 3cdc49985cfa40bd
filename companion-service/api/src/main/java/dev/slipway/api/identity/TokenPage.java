package dev.slipway.api.identity;

import java.util.List;

/** One page of tokens, newest first; {@code currentPage} counts from 1. */
public record TokenPage(List<Token> tokens, long totalTokens, int currentPage) {}

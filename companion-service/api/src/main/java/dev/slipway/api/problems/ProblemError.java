package dev.slipway.api.problems;

/**
 * One member of a request that is at fault.
 *
 * @param pointer a JSON pointer into the request's body, or the name of a query parameter or header
 * @param message what is wrong with it
 */
public record ProblemError(String pointer, String message) {}

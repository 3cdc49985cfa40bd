package dev.slipway.api.builds;

/** A shell script run against the installed packages, besides the tests that the source brings. */
public record TestScript(String name, String content) {}

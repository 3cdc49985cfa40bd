/**
 * What folders say about companions. The folder plugin is optional, so nothing outside this package may name its
 * classes, and nothing in here may be named outside.
 */
package io.jenkins.plugins.slipway.folders;

/** The pipelines of {@code jenkinsfiles/}, run with the steps' own code against a companion. */
@NullMarked
package dev.slipway.client.jenkinsfiles;

import org.jspecify.annotations.NullMarked;

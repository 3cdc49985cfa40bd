/** Metadata made from one version of a repository, or one set of packages: immutable once ready. */
@NullMarked
package dev.slipway.server.publications;

import org.jspecify.annotations.NullMarked;

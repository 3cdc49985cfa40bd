/** Catalogues of source repositories, kept by reading git servers and folders. */
@NullMarked
package dev.slipway.server.projects;

import org.jspecify.annotations.NullMarked;

/** Source repositories, as the companion's catalogues know them. */
@NullMarked
package dev.slipway.api.projects;

import org.jspecify.annotations.NullMarked;

/** Repositories, their versions and packages on the wire. */
@NullMarked
package dev.slipway.api.repositories;

import org.jspecify.annotations.NullMarked;

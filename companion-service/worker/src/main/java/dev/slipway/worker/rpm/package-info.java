/** Makes source RPMs from Git, and RPMs from source RPMs. */
@NullMarked
package dev.slipway.worker.rpm;

import org.jspecify.annotations.NullMarked;

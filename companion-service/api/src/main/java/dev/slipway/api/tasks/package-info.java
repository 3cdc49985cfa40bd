/** Tasks: what a worker claims, renews, uploads and reports. */
@NullMarked
package dev.slipway.api.tasks;

import org.jspecify.annotations.NullMarked;

/** What operators ask of the running service: status, metrics, its contract. */
@NullMarked
package dev.slipway.server.service;

import org.jspecify.annotations.NullMarked;

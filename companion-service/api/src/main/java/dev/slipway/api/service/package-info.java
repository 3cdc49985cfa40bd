/** The service itself on the wire. */
@NullMarked
package dev.slipway.api.service;

import org.jspecify.annotations.NullMarked;

/** Where the bearer token of a request comes from. */
@NullMarked
package dev.slipway.client.auth;

import org.jspecify.annotations.NullMarked;

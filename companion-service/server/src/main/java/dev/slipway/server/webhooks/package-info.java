/** Tells addresses of events over HTTP: signed, tried again, each try on record. */
@NullMarked
package dev.slipway.server.webhooks;

import org.jspecify.annotations.NullMarked;

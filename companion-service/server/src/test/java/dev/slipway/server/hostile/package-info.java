/** Sends the service what no well-meaning client would. */
package dev.slipway.server.hostile;

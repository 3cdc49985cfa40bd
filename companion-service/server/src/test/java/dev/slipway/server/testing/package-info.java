/** What tests of the companion share: a database per class, a companion, an HTTP client that knows the contract. */
package dev.slipway.server.testing;

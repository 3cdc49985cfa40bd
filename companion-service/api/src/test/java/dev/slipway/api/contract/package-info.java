/** Holds what tests see to the OpenAPI file. */
package dev.slipway.api.contract;

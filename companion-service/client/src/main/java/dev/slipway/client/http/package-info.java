/** HTTP below the areas of the API: authorisation, retries, problem details, streams. */
@NullMarked
package dev.slipway.client.http;

import org.jspecify.annotations.NullMarked;

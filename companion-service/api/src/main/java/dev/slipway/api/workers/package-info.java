/** Workers: who offers to do which tasks. */
@NullMarked
package dev.slipway.api.workers;

import org.jspecify.annotations.NullMarked;

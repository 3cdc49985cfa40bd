@NullMarked
package dev.slipway.worker.jobs;

import org.jspecify.annotations.NullMarked;

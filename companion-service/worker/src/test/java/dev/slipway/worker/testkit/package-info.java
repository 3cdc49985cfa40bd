/** What the worker's tests share: an engine, platforms, sources, and repositories on the loopback interface. */
@NullMarked
package dev.slipway.worker.testkit;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.slipway.packages.openpgp;

import org.jspecify.annotations.NullMarked;

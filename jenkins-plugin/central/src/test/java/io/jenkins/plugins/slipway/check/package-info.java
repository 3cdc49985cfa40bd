/** Holds the plugin and the signatures it was compiled against to what a controller of the baseline really has. */
package io.jenkins.plugins.slipway.check;

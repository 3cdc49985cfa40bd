/** What a well-made plugin keeps to and what can be seen without running it. */
package io.jenkins.plugins.slipway.conventions;

/** Which companions there are, who the caller is to them, and how they are reached. */
package io.jenkins.plugins.slipway.servers;

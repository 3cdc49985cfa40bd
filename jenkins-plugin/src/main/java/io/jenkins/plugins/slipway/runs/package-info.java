/** What a run did with companions: kept with the run, shown on its page. */
package io.jenkins.plugins.slipway.runs;

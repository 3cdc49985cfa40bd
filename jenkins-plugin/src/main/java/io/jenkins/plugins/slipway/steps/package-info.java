/** The pipeline steps: adapters between pipelines and the remote work that the client library drives. */
package io.jenkins.plugins.slipway.steps;

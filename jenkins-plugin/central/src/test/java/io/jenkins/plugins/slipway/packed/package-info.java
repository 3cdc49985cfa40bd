/** What is in the file that people install; these tests run after it was packed. */
package io.jenkins.plugins.slipway.packed;

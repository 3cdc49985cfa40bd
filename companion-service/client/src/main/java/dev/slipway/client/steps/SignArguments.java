package dev.slipway.client.steps;

import org.jspecify.annotations.Nullable;

/**
 * What a pipeline says to have a build signed.
 *
 * @param build id
 * @param key name, key id or fingerprint; the companion's only one when absent
 */
public record SignArguments(long build, @Nullable String key) {
    /**
     * Checks them.
     *
     * @throws IllegalArgumentException naming the argument that is wrong and what helps
     */
    public RemoteWork work() {
        if (build < 1) {
            throw new IllegalArgumentException("packageSign needs a build, such as build: 812");
        }
        return new RemoteSigning(build, Arguments.text(key));
    }
}

package dev.slipway.client.steps;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline says to have a build tested.
 *
 * @param build id
 * @param rerun whether to test again what was tested already
 * @param onFailure what failed tests mean: {@code failure} (when absent), {@code unstable} or {@code ignore}
 */
public record TestArguments(
        long build, boolean rerun, @Nullable String onFailure) {
    /**
     * Checks them.
     *
     * @throws IllegalArgumentException naming the argument that is wrong and what helps
     */
    public RemoteWork work() {
        if (build < 1) {
            throw new IllegalArgumentException("packageTest needs a build, such as build: 812");
        }
        String meaning = Arguments.text(onFailure);
        return new RemoteTests(
                build,
                rerun,
                switch (meaning == null ? "failure" : meaning.toLowerCase(Locale.ROOT)) {
                    case "failure" -> RemoteTests.OnFailure.FAILURE;
                    case "unstable" -> RemoteTests.OnFailure.UNSTABLE;
                    case "ignore" -> RemoteTests.OnFailure.IGNORE;
                    default ->
                        throw new IllegalArgumentException(
                                "onFailure is 'failure', 'unstable' or 'ignore', not '" + meaning + "'");
                });
    }
}

package dev.slipway.client.steps;

import java.io.IOException;

/** The step cannot go on, and trying again would not help. The message is one line fit for people. */
public final class StepFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    public StepFailedException(String message) {
        super(message);
    }

    public StepFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}

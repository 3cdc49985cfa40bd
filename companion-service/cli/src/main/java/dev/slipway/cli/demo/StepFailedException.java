package dev.slipway.cli.demo;

/** A check of the demo does not hold. */
final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailedException(String step, String why, Throwable cause) {
        super("the step \"" + step + "\" failed: " + why, cause);
    }
}

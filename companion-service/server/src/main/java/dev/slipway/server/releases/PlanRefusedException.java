package dev.slipway.server.releases;

/** An edit of a plan that cannot be; the message says why and what to do, in one line. */
final class PlanRefusedException extends RuntimeException {
    private final String pointer;

    PlanRefusedException(String pointer, String message) {
        super(message);
        this.pointer = pointer;
    }

    /** The JSON pointer of the member at fault. */
    String pointer() {
        return pointer;
    }
}

package dev.slipway.server.tests;

import dev.slipway.server.tasks.TaskState;
import java.util.Locale;

/** The founding document's numbers for a test of one package. */
public enum TestStatus {
    CREATED(1),
    STARTED(2),
    COMPLETED(3),
    FAILED(4),
    CANCELLED(5);

    private final int number;

    TestStatus(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isFinal() {
        return number >= COMPLETED.number;
    }

    static TestStatus of(int number) {
        for (TestStatus status : values()) {
            if (status.number == number) {
                return status;
            }
        }
        throw new IllegalArgumentException("no test status has the number " + number);
    }

    /** What the state of a test task says about tests that have no result of their own. */
    static TestStatus of(TaskState state) {
        return switch (state) {
            case BLOCKED, READY -> CREATED;
            case RUNNING, CANCELLING -> STARTED;
            case SUCCEEDED, EXCLUDED -> COMPLETED;
            case FAILED, ERROR -> FAILED;
            case CANCELLED -> CANCELLED;
        };
    }
}

package dev.slipway.server.releases;

import java.util.Locale;

/** How far a release is, with the founding document's numbers. */
enum ReleaseStatus {
    SCHEDULED(1),
    IN_PROGRESS(2),
    COMPLETED(3),
    FAILED(4),
    REVERTED(5);

    private final int number;

    ReleaseStatus(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReleaseStatus of(int number) {
        for (ReleaseStatus status : values()) {
            if (status.number == number) {
                return status;
            }
        }
        throw new IllegalArgumentException("no release status has the number " + number);
    }
}

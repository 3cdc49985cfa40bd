package dev.slipway.worker.sandbox;

import java.time.Duration;

/**
 * What one task may use.
 *
 * @param time for the whole task, from its first tool to its last
 * @param memoryMb of all its processes together
 * @param diskMb written to its root; one file may not be larger either
 * @param processes and threads at the same time
 * @param logMb of output
 */
public record Limits(Duration time, int memoryMb, int diskMb, int processes, int logMb) {
    public static final Limits DEFAULT = new Limits(Duration.ofHours(1), 4096, 20 * 1024, 2000, 256);

    public Limits {
        if (time.isNegative() || time.isZero() || memoryMb < 32 || diskMb < 16 || processes < 16 || logMb < 1) {
            throw new IllegalArgumentException(
                    "limits are at least: time 1 s, memory 32 MB, disk 16 MB, 16 processes, log 1 MB");
        }
    }

    public Limits withTime(Duration other) {
        return new Limits(other, memoryMb, diskMb, processes, logMb);
    }
}

package dev.slipway.cli.bench;

import java.util.Arrays;
import java.util.Locale;

/** How long requests took, and how long it took to send them all. */
record Latencies(long[] sortedNanos, double seconds) {
    static Latencies of(long[] nanos, double seconds) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latencies(sorted, seconds);
    }

    int count() {
        return sortedNanos.length;
    }

    double perSecond() {
        return count() / seconds;
    }

    /** The time in milliseconds within which this part of the requests was answered. */
    double millis(double part) {
        if (count() == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        int index = Math.min(count() - 1, (int) Math.ceil(part * count()) - 1);
        return sortedNanos[Math.max(0, index)] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d requests, %.0f/s, p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                count(),
                perSecond(),
                millis(0.5),
                millis(0.99),
                millis(1));
    }
}

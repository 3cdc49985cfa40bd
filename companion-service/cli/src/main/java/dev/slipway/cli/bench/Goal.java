package dev.slipway.cli.bench;

import java.util.Locale;

/** What a figure is to reach: at most or at least a bound. */
record Goal(boolean atMost, double bound) {
    static Goal atMost(double bound) {
        return new Goal(true, bound);
    }

    static Goal atLeast(double bound) {
        return new Goal(false, bound);
    }

    boolean isReachedBy(double value) {
        return atMost ? value <= bound : value >= bound;
    }

    /** As in {@code <=50} or {@code >=0.5}. */
    @Override
    public String toString() {
        return (atMost ? "<=" : ">=") + plain(bound);
    }

    /** A number without needless digits. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "");
    }
}

package io.jenkins.plugins.slipway.signatures;

/** Stands where Jenkins has code. The classes of this module are compiled against; only a controller runs the real ones. */
public final class Absent {
    private Absent() {}

    /** What every method body throws. */
    public static UnsupportedOperationException code() {
        return new UnsupportedOperationException("a signature without code: this runs on a Jenkins controller only");
    }

    /** The value of a constant, hidden from javac so that it is not copied into the plugin. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public static <T> T value() {
        return null;
    }
}

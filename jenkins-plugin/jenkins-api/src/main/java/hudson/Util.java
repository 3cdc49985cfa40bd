package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.slipway.signatures.Absent;

public class Util {
    public Util() {}

    @CheckForNull
    public static String fixEmptyAndTrim(@CheckForNull String s) {
        throw Absent.code();
    }

    @NonNull
    public static String fixNull(@CheckForNull String s) {
        throw Absent.code();
    }
}

package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slipway.signatures.Absent;

public class Util {
    public Util() {}

    @CheckForNull
    public static String fixEmptyAndTrim(@CheckForNull String s) {
        throw Absent.code();
    }

    public static String getTimeSpanString(long duration) {
        throw Absent.code();
    }
}

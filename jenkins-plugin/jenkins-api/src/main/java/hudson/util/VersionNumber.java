package hudson.util;

public class VersionNumber implements Comparable<VersionNumber> {
    private VersionNumber() {}

    @Override
    public int compareTo(VersionNumber rhs) {
        throw io.jenkins.plugins.slipway.signatures.Absent.code();
    }
}

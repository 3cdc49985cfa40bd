package hudson.model;

import io.jenkins.plugins.slipway.signatures.Absent;
import java.io.Serializable;

public final class Result implements Serializable {
    private Result() {}

    public static final Result UNSTABLE = Absent.value();
    public static final Result FAILURE = Absent.value();
    public static final Result ABORTED = Absent.value();
}

package hudson.model;

import io.jenkins.plugins.slipway.signatures.Absent;
import java.io.PrintStream;

public interface TaskListener {
    TaskListener NULL = Absent.value();

    PrintStream getLogger();
}

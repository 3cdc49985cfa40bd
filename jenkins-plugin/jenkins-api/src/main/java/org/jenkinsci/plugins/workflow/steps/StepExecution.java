package org.jenkinsci.plugins.workflow.steps;

import io.jenkins.plugins.slipway.signatures.Absent;
import java.io.Serializable;

public abstract class StepExecution implements Serializable {
    protected StepExecution(StepContext context) {}

    public StepContext getContext() {
        throw Absent.code();
    }

    public abstract boolean start() throws Exception;

    public void stop(Throwable cause) throws Exception {
        throw Absent.code();
    }

    public void onResume() {
        throw Absent.code();
    }

    public String getStatus() {
        throw Absent.code();
    }
}

package io.jenkins.plugins.slipway.runs;

import hudson.model.Job;
import hudson.model.Run;
import hudson.security.Permission;
import java.io.IOException;

/** A run that says who may see it, and nothing else. */
final class FakeRun extends Run<FakeRun.FakeJob, FakeRun> {
    private final boolean readable;

    FakeRun(boolean readable) throws IOException {
        super((FakeJob) null);
        this.readable = readable;
    }

    @Override
    public boolean hasPermission(Permission permission) {
        return readable;
    }

    static final class FakeJob extends Job<FakeJob, FakeRun> {
        FakeJob() {
            super(null, "job");
        }
    }
}

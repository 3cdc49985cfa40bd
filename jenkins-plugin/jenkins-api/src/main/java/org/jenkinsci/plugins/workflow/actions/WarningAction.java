package org.jenkinsci.plugins.workflow.actions;

import hudson.model.Result;
import io.jenkins.plugins.slipway.signatures.Absent;

public class WarningAction implements PersistentAction {
    public WarningAction(Result result) {}

    public WarningAction withMessage(String message) {
        throw Absent.code();
    }

    @Override
    public String getIconFileName() {
        throw Absent.code();
    }

    @Override
    public String getDisplayName() {
        throw Absent.code();
    }

    @Override
    public String getUrlName() {
        throw Absent.code();
    }
}

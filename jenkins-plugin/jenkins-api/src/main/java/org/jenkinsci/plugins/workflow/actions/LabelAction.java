package org.jenkinsci.plugins.workflow.actions;

import io.jenkins.plugins.slipway.signatures.Absent;

public class LabelAction implements PersistentAction {
    public LabelAction(String displayName) {}

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

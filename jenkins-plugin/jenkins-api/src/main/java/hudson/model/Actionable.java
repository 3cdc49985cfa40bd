package hudson.model;

import io.jenkins.plugins.slipway.signatures.Absent;

public abstract class Actionable extends AbstractModelObject {
    public Actionable() {}

    public void addAction(Action a) {
        throw Absent.code();
    }

    public boolean addOrReplaceAction(Action a) {
        throw Absent.code();
    }

    public <T extends Action> T getAction(Class<T> type) {
        throw Absent.code();
    }
}

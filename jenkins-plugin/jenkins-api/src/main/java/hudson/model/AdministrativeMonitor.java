package hudson.model;

import hudson.ExtensionPoint;
import io.jenkins.plugins.slipway.signatures.Absent;

public abstract class AdministrativeMonitor extends AbstractModelObject implements ExtensionPoint {
    protected AdministrativeMonitor(String id) {}

    protected AdministrativeMonitor() {}

    @Override
    public String getDisplayName() {
        throw Absent.code();
    }

    public abstract boolean isActivated();

    public boolean isSecurity() {
        throw Absent.code();
    }
}

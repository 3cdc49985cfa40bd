package hudson.model;

import hudson.security.ACL;
import io.jenkins.plugins.slipway.signatures.Absent;
import java.io.IOException;

public abstract class AbstractItem extends Actionable implements Item {
    protected AbstractItem(ItemGroup parent, String name) {}

    @Override
    public ItemGroup<? extends Item> getParent() {
        throw Absent.code();
    }

    @Override
    public String getDisplayName() {
        throw Absent.code();
    }

    @Override
    public final String getFullName() {
        throw Absent.code();
    }

    @Override
    public final String getFullDisplayName() {
        throw Absent.code();
    }

    @Override
    public ACL getACL() {
        throw Absent.code();
    }

    @Override
    public synchronized void save() throws IOException {
        throw Absent.code();
    }
}

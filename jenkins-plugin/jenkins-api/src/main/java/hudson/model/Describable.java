package hudson.model;

import io.jenkins.plugins.slipway.signatures.Absent;

public interface Describable<T extends Describable<T>> {
    default Descriptor<T> getDescriptor() {
        throw Absent.code();
    }
}

package com.cloudbees.hudson.plugins.folder;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.slipway.signatures.Absent;

public abstract class AbstractFolderProperty<C extends AbstractFolder<?>>
        extends AbstractDescribableImpl<AbstractFolderProperty<?>> implements ExtensionPoint {
    public AbstractFolderProperty() {}

    @Override
    public AbstractFolderPropertyDescriptor getDescriptor() {
        throw Absent.code();
    }
}

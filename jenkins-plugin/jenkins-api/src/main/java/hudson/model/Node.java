package hudson.model;

import hudson.Launcher;

public abstract class Node extends AbstractModelObject {
    public Node() {}

    public abstract Launcher createLauncher(TaskListener listener);
}

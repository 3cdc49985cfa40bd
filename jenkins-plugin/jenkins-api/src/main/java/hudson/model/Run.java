package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import io.jenkins.plugins.slipway.signatures.Absent;
import java.io.IOException;

public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements AccessControlled, PersistenceRoot {
    protected Run(@NonNull JobT job) throws IOException {}

    @NonNull
    public JobT getParent() {
        throw Absent.code();
    }

    public String getExternalizableId() {
        throw Absent.code();
    }

    public String getUrl() {
        throw Absent.code();
    }

    public String getFullDisplayName() {
        throw Absent.code();
    }

    @Override
    public String getDisplayName() {
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

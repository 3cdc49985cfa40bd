package jenkins.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Launcher;
import hudson.model.AbstractCIBase;
import hudson.model.Computer;
import hudson.model.ItemGroup;
import hudson.model.TaskListener;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.util.VersionNumber;
import io.jenkins.plugins.slipway.signatures.Absent;
import java.io.File;
import java.io.IOException;

public class Jenkins extends AbstractCIBase implements ItemGroup<TopLevelItem>, AccessControlled {
    private Jenkins() {}

    @NonNull
    public static Jenkins get() throws IllegalStateException {
        throw Absent.code();
    }

    @CheckForNull
    public static Jenkins getInstanceOrNull() {
        throw Absent.code();
    }

    @CheckForNull
    public static VersionNumber getVersion() {
        throw Absent.code();
    }

    public File getRootDir() {
        throw Absent.code();
    }

    @CheckForNull
    public Computer getComputer(String name) {
        throw Absent.code();
    }

    @Override
    public Launcher createLauncher(TaskListener listener) {
        throw Absent.code();
    }

    @Override
    public String getDisplayName() {
        throw Absent.code();
    }

    @Override
    public String getFullName() {
        throw Absent.code();
    }

    @Override
    public String getFullDisplayName() {
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

    public static final Permission ADMINISTER = Absent.value();
    public static final Permission MANAGE = Absent.value();
    public static final Permission READ = Absent.value();
}

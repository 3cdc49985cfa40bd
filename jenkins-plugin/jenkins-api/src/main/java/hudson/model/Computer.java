package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.slipway.signatures.Absent;
import java.util.concurrent.ExecutorService;

public abstract class Computer extends Actionable {
    protected Computer(Node node) {}

    public static final ExecutorService threadPoolForRemoting = Absent.value();

    public abstract VirtualChannel getChannel();

    public abstract Boolean isUnix();

    public String getName() {
        throw Absent.code();
    }

    @CheckForNull
    public Node getNode() {
        throw Absent.code();
    }
}

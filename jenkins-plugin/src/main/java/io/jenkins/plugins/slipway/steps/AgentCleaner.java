package io.jenkins.plugins.slipway.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.slaves.ComputerListener;
import java.io.IOException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Sees to it that no secrets of a step stay on an agent, though the step ended while the agent was away: when the agent
 * is back, what is left of the program is ended and its directory is removed.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class AgentCleaner extends ComputerListener {
    /** A variable of the program's environment: the directory that is its own. */
    static final String DIRECTORY = "SLIPWAY_STEP_DIRECTORY";

    private static final Logger LOGGER = Logger.getLogger(AgentCleaner.class.getName());
    private static final String FILE = "io.jenkins.plugins.slipway.left-directories";

    private LeftDirectories left;

    @NonNull
    static AgentCleaner get() {
        return ExtensionList.lookupSingleton(AgentCleaner.class);
    }

    private synchronized LeftDirectories left() {
        if (left == null) {
            left = new LeftDirectories(Jenkins.get().getRootDir().toPath().resolve(FILE));
        }
        return left;
    }

    /** Says that a directory on an agent is about to be made and to hold secrets. */
    void use(@NonNull String node, @NonNull FilePath directory) throws IOException {
        left().use(node, directory.getRemote());
    }

    /** Says that a directory is gone. */
    void removed(@NonNull String node, @NonNull FilePath directory) {
        try {
            left().removed(node, directory.getRemote());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "a directory that is gone stays noted", e);
        }
    }

    /** Says that a directory is not used any more and could not be removed: that is done when the agent is there. */
    void leave(@NonNull String node, @NonNull FilePath directory) {
        left().leave(node, directory.getRemote());
        // It may have come back before this was said.
        Computer computer = Jenkins.get().getComputer(node);
        if (computer != null) {
            sweepSoon(computer);
        }
    }

    @Override
    public void onOnline(Computer c, TaskListener listener) {
        sweepSoon(c);
    }

    private void sweepSoon(Computer computer) {
        Computer.threadPoolForRemoting.execute(() -> {
            for (String path : left().leftOn(computer.getName())) {
                try {
                    remove(computer, path);
                } catch (IOException | RuntimeException e) {
                    LOGGER.log(Level.FINE, "a directory stays until the agent is there the next time", e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        });
    }

    private void remove(Computer computer, String path) throws IOException, InterruptedException {
        VirtualChannel channel = computer.getChannel();
        Node node = computer.getNode();
        if (channel == null || node == null) {
            return;
        }
        node.createLauncher(TaskListener.NULL).kill(Map.of(DIRECTORY, path));
        new FilePath(channel, path).deleteRecursive();
        left().removed(computer.getName(), path);
    }
}

package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.servers.ChosenServer;
import dev.slipway.client.steps.Absence;
import dev.slipway.client.steps.Outcome;
import dev.slipway.client.steps.WorkerProgram;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Run;
import io.jenkins.plugins.slipway.servers.ConfiguredServers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The worker program on the agent of a step: started through the agent's launcher, found again and ended by a variable of
 * its environment, and its secrets removed with its directory.
 */
final class AgentProgram {
    private static final Logger LOGGER = Logger.getLogger(AgentProgram.class.getName());
    private static final String MARK = "SLIPWAY_STEP";
    private static final int OWNER_ONLY = 0700;
    private static final int OWNER_READS = 0600;
    private static final long LONGEST_STOP_SECONDS = 15;
    private final StepContext context;
    private final AgentWork work;
    private final String key;
    private final String worker;
    private final Consumer<String> lines;
    private final Consumer<Outcome> ended;
    private final CountDownLatch over = new CountDownLatch(1);
    private final LiveToken token = new LiveToken();
    private final Absence absence = AgentPresence.absence();
    private volatile boolean stopping;
    private boolean begun;

    /**
     * @param key of the step: the same before and after a restart
     * @param ended told once, unless the program is stopped
     */
    AgentProgram(
            @NonNull StepContext context,
            @NonNull AgentWork work,
            @NonNull String key,
            @NonNull String worker,
            @NonNull Consumer<String> lines,
            @NonNull Consumer<Outcome> ended) {
        this.context = context;
        this.work = work;
        this.key = key;
        this.worker = worker;
        this.lines = lines;
        this.ended = ended;
    }

    /**
     * Starts the program; if it runs, sees to it that its token does not end before it does. To be called again from time
     * to time: agents come and go.
     */
    synchronized void begin(@NonNull ChosenServer server) {
        if (stopping) {
            return;
        }
        if (begun) {
            token.renewSoon(() -> ConfiguredServers.token(server, context.get(Run.class), work.scopes()));
        } else {
            begun = true;
            Computer.threadPoolForRemoting.execute(() -> run(server));
        }
    }

    private void run(ChosenServer server) {
        Outcome outcome = null;
        try {
            outcome = whileTokensRunOut(server);
        } catch (AgentPresence.AwayException e) {
            LOGGER.log(Level.FINE, "the agent is away", e);
            if (mayComeBack()) {
                return;
            }
            outcome = new Outcome(Outcome.Kind.FAILED, Messages.AgentProgram_gone(absence.limit()), Map.of());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "a worker program had to end", e);
            outcome = new Outcome(
                    Outcome.Kind.FAILED, Messages.AgentProgram_trouble(String.valueOf(e.getMessage())), Map.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        over.countDown();
        boolean good = outcome != null && outcome.kind() == Outcome.Kind.SUCCEEDED;
        if (outcome != null && !stopping && (!good || work.endsTheStep())) {
            ended.accept(outcome);
        }
    }

    /** Notes that the agent is away; whether the next {@link #begin} is to try again. */
    private synchronized boolean mayComeBack() {
        if (absence.began()) {
            lines.accept(Messages.AgentProgram_away());
        }
        if (stopping || absence.tooLong()) {
            return false;
        }
        begun = false;
        return true;
    }

    private synchronized void isBack() {
        absence.over();
    }

    private Outcome whileTokensRunOut(ChosenServer server) throws IOException, InterruptedException {
        while (true) {
            long began = System.nanoTime();
            ProgramOutput output = new ProgramOutput(lines);
            int exitCode = once(server, output);
            output.forceEol();
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
            if (stopping || !WorkerProgram.tokenRanOut(exitCode, seconds)) {
                return WorkerProgram.ended(exitCode, output.tasks());
            }
        }
    }

    private int once(ChosenServer server, ProgramOutput output) throws IOException, InterruptedException {
        AgentPresence.require(context);
        FilePath workspace = context.get(FilePath.class);
        Launcher launcher = context.get(Launcher.class);
        Run<?, ?> run = context.get(Run.class);
        if (workspace == null || launcher == null) {
            throw new AbortException(Messages.AgentProgram_noAgent());
        }
        isBack();
        // What a controller that was restarted left running.
        launcher.kill(mark());
        String node = context.get(Computer.class).getName();
        // Its own, so that nobody who still removes the one before meets it.
        FilePath directory = beside(workspace, "@tmp").child("slipway-" + UUID.randomUUID());
        AgentCleaner.get().use(node, directory);
        boolean ended = false;
        try {
            directory.mkdirs();
            directory.chmod(OWNER_ONLY);
            FilePath file = directory.child("token");
            String secret = ConfiguredServers.token(server, run, work.scopes());
            file.write(secret, "UTF-8");
            file.chmod(OWNER_READS);
            List<String> secrets = new ArrayList<>(List.of(secret));
            workspace.mkdirs();
            String home = beside(workspace, "@slipway").getRemote();
            List<String> command = work.prepare(run, server, directory, file.getRemote(), worker, home, secrets);
            output.mask(secrets);
            token.isIn(file, secret, output);
            lines.accept(Messages.AgentProgram_starting(worker));
            int exitCode = launcher.launch()
                    .cmds(literally(command))
                    .envs(Map.of(MARK, key, AgentCleaner.DIRECTORY, directory.getRemote()))
                    .pwd(workspace)
                    .stdout(output)
                    .quiet(true)
                    .join();
            ended = true;
            return exitCode;
        } catch (IOException | RuntimeException e) {
            if (AgentPresence.isLost(e)) {
                throw new AgentPresence.AwayException(e);
            }
            AgentPresence.require(context);
            throw e;
        } finally {
            token.isGone();
            clear(node, directory, ended);
        }
    }

    /** Launchers put variables of the agent where arguments name them. */
    private static List<String> literally(List<String> command) {
        return command.stream().map(word -> word.replace("$", "$$")).toList();
    }

    /** Removes the secrets. With an agent that is away that is done when it is back. */
    private static void clear(String node, FilePath directory, boolean mustWork)
            throws IOException, InterruptedException {
        boolean gone = false;
        try {
            directory.deleteRecursive();
            gone = true;
        } catch (IOException e) {
            if (mustWork) {
                throw e;
            }
            LOGGER.log(Level.FINE, "the agent's files are out of reach", e);
        } finally {
            if (gone) {
                AgentCleaner.get().removed(node, directory);
            } else {
                AgentCleaner.get().leave(node, directory);
            }
        }
    }

    private static FilePath beside(FilePath workspace, String suffix) throws AbortException {
        FilePath sibling = workspace.sibling(workspace.getName() + suffix);
        if (sibling == null) {
            throw new AbortException(Messages.AgentProgram_noRoom(workspace.getRemote()));
        }
        return sibling;
    }

    private Map<String, String> mark() {
        return Map.of(MARK, key);
    }

    /** Ends the program and waits, for a while, until its secrets are gone. Blocks. */
    void stop() {
        synchronized (this) {
            stopping = true;
            if (!begun) {
                return;
            }
        }
        // An agent that hangs answers nothing and is not known to be gone: nobody waits for it.
        Computer.threadPoolForRemoting.execute(this::kill);
        try {
            if (!over.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                lines.accept(Messages.AgentProgram_lingers());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        try {
            AgentPresence.require(context);
            Launcher launcher = context.get(Launcher.class);
            if (launcher != null) {
                launcher.kill(mark());
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "the agent is gone, and the program with it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

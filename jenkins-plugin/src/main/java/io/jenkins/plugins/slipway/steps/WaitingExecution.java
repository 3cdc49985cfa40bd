package io.jenkins.plugins.slipway.steps;

import dev.slipway.client.servers.ChosenServer;
import dev.slipway.client.steps.Memory;
import dev.slipway.client.steps.StepMachine;
import dev.slipway.client.steps.WorkerProgram;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.slipway.servers.ConfiguredServers;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A waiting step under way: what is stored of it, and what the pipeline calls. Everything else is in its driver. */
final class WaitingExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final WaitingStep step;
    private volatile String server;
    private volatile String worker;
    private volatile TreeMap<String, String> memory = new TreeMap<>();
    private volatile boolean stopping;

    private transient volatile StepDriver driver;

    WaitingExecution(@NonNull StepContext context, @NonNull WaitingStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        ChosenServer chosen = ConfiguredServers.choose(run.getParent(), step.getServer());
        // From now on it is this one, also when another becomes the preferred one while the step waits.
        server = chosen.id();
        memory = new TreeMap<>(StepMachine.newMemory());
        worker = WorkerProgram.name(run.getExternalizableId(), key());
        driver().begin();
        return false;
    }

    @Override
    public void onResume() {
        if (stopping) {
            driver().stop(new FlowInterruptedException(Result.ABORTED, true));
        } else {
            driver().begin();
        }
    }

    @Override
    public void stop(Throwable cause) {
        driver().stop(cause);
    }

    @Override
    public String getStatus() {
        return driver().status();
    }

    private synchronized StepDriver driver() {
        if (driver == null) {
            driver = new StepDriver(this);
        }
        return driver;
    }

    @NonNull
    String server() {
        return server;
    }

    /**
     * The name by which the companion knows a worker that this step starts. Stored, because the job may get another name
     * while the step waits.
     */
    @NonNull
    String worker() {
        return worker;
    }

    @NonNull
    WaitingStep step() {
        return step;
    }

    @NonNull
    TreeMap<String, String> memory() {
        return memory;
    }

    /** Names this step among all others, before and after a restart. */
    @NonNull
    String key() {
        return new Memory(memory).key();
    }

    /** @param next is not changed any more: the pipeline stores it while others read it */
    void remember(@NonNull TreeMap<String, String> next) {
        memory = next;
    }

    boolean isStopping() {
        return stopping;
    }

    void markStopping() {
        stopping = true;
    }
}

package dev.slipway.worker.testing;

import dev.slipway.worker.jobs.TestJob.TestedPackage;
import dev.slipway.worker.tools.Exit;
import dev.slipway.worker.tools.LogSink;
import java.util.List;

/** A root's package manager, as far as testing needs it. */
interface InstalledSystem {
    /** Installs all packages together, with network. */
    Exit install(List<TestedPackage> packages, LogSink log);

    /** Removes them, with their configuration where that can be told. */
    Exit remove(List<TestedPackage> packages, LogSink log);

    /** What is wrong with an installed package's files; empty when nothing is. */
    List<String> problems(TestedPackage tested);

    /** The paths of an installed package's files. */
    List<String> files(TestedPackage tested);

    /**
     * Installs what a test needs besides.
     *
     * @param dependencies in the form of a Debian dependency field
     */
    Exit satisfy(String dependencies, LogSink log);
}

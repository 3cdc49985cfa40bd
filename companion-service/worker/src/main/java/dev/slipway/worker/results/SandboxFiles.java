package dev.slipway.worker.results;

import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.JobFailure;
import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.sandbox.Sandbox;
import java.util.List;

/** Brings files out of a root. */
public final class SandboxFiles {
    private SandboxFiles() {}

    /**
     * Copies the plain files of that name, in or below a folder of the build user's home, to the sandbox's {@code out}.
     *
     * @param depth 1 for the folder alone
     */
    public static void copyOut(Sandbox sandbox, String folder, int depth, String glob) {
        Phase copy = Phase.root(List.of(
                        "find",
                        Sandbox.HOME + "/" + folder,
                        "-maxdepth",
                        Integer.toString(depth),
                        "-type",
                        "f",
                        "-name",
                        glob,
                        "-exec",
                        "cp",
                        "--no-dereference",
                        "-t",
                        "/slipway/out",
                        "--",
                        "{}",
                        "+"))
                .withOut();
        if (!sandbox.run(copy).ok()) {
            throw JobFailure.error(Code.NO_FREE_SPACE, "cannot bring out what the build made: see the log");
        }
    }
}

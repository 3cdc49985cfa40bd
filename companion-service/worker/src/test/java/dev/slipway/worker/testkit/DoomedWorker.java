package dev.slipway.worker.testkit;

import dev.slipway.worker.jobs.Workbench;
import dev.slipway.worker.sandbox.Limits;
import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.sandbox.Sandbox;
import dev.slipway.worker.tools.Cancellation;
import dev.slipway.worker.tools.Deadline;
import dev.slipway.worker.tools.LogSink;
import dev.slipway.worker.tools.Supervision;
import java.nio.file.Path;
import java.util.List;

/** A worker to be killed: runs a command over a root until then. Arguments: home, root, seconds to sleep. */
public final class DoomedWorker {
    private DoomedWorker() {}

    public static void main(String[] arguments) throws Exception {
        Supervision supervision =
                new Supervision(LogSink.NONE, new Cancellation(), Deadline.after(Limits.DEFAULT.time()));
        try (Workbench bench = Workbench.open(Path.of(arguments[0]), true, 1);
                Sandbox sandbox =
                        bench.sandboxes().over(Path.of(arguments[1]), "doomed", Limits.DEFAULT, null, supervision)) {
            sandbox.run(Phase.build(List.of("sh", "-c", "echo x > y; exec sleep \"$1\"", "sh", arguments[2])));
        }
    }
}

package dev.slipway.worker.testkit;

import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.PlatformSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * Builds a sample for both formats and tells what came of it, to be run as an ordinary user. Argument: a directory of that
 * user's.
 */
public final class OrdinaryWorker {
    private OrdinaryWorker() {}

    public static void main(String[] arguments) {
        System.out.println("privilege " + SharedEngine.bench().tools().privilege());
        for (PlatformSpec platform : List.of(Platforms.rpm(), Platforms.deb())) {
            EngineFixture fixture = new EngineFixture(Path.of(arguments[0]));
            BuildResult built = fixture.build(platform, "knots", Samples.knots());
            System.out.println(platform.name() + " " + built.outcome() + " " + EngineFixture.names(built));
            if (built.message() != null) {
                System.out.println(fixture.log().text());
            }
        }
    }
}

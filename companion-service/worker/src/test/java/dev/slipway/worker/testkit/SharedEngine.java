package dev.slipway.worker.testkit;

import dev.slipway.worker.engine.BuildEngine;
import dev.slipway.worker.jobs.Workbench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One engine for all tests, which keeps its roots where later runs find them: making one takes half a minute. */
public final class SharedEngine {
    private static final long MAX_SOURCE = 16L * 1024 * 1024;

    private static @Nullable Workbench bench;

    private SharedEngine() {}

    public static Path home() {
        return Path.of(System.getProperty("slipway.test.cache", "/var/tmp/slipway-test-roots"))
                .resolve(System.getProperty("user.name", "nobody"));
    }

    public static BuildEngine get() {
        return new BuildEngine(bench());
    }

    public static synchronized Workbench bench() {
        Workbench opened = bench;
        if (opened == null) {
            try {
                opened = Workbench.open(home(), true, MAX_SOURCE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(SharedEngine::close));
            bench = opened;
        }
        return opened;
    }

    private static synchronized void close() {
        try {
            if (bench != null) {
                bench.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

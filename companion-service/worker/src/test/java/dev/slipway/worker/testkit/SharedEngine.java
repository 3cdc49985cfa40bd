package dev.slipway.worker.testkit;

import dev.slipway.worker.engine.BuildEngine;
import dev.slipway.worker.engine.EngineConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One engine for all tests, which keeps its roots where later runs find them: making one takes half a minute. */
public final class SharedEngine {
    private static @Nullable BuildEngine engine;

    private SharedEngine() {}

    public static Path home() {
        return Path.of(System.getProperty("slipway.test.cache", "/var/tmp/slipway-test-roots"))
                .resolve(System.getProperty("user.name", "nobody"));
    }

    public static synchronized BuildEngine get() {
        if (engine == null) {
            try {
                BuildEngine opened = BuildEngine.open(new EngineConfig(home(), true, 64));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(opened)));
                engine = opened;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return engine;
    }

    private static void close(BuildEngine opened) {
        try {
            opened.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

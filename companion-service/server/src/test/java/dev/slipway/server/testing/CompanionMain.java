package dev.slipway.server.testing;

import dev.slipway.server.Companion;
import dev.slipway.server.CompanionConfig;
import dev.slipway.server.http.HttpAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Runs a companion as a process of its own: {@code <var> <database URL or -> [name=value …]}. */
final class CompanionMain {
    private CompanionMain() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        for (int i = 2; i < arguments.length; i++) {
            String[] pair = arguments[i].split("=", 2);
            settings.put(pair[0], pair[1]);
        }
        Companion companion = Companion.start(CompanionConfig.defaults(Path.of(arguments[0]))
                .withListen(new HttpAddress("127.0.0.1", 0))
                .withDatabaseUrl(arguments[1].equals("-") ? null : arguments[1])
                .withSettings(settings));
        Runtime.getRuntime().addShutdownHook(new Thread(companion::close));
        System.out.println("ready " + companion.url());
    }
}

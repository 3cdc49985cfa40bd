package dev.slipway.cli;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Opens addresses for people. */
final class Browser {
    private Browser() {}

    /**
     * Tries to; whether a browser came up is not known.
     *
     * @param program what to open it with, if not with what the system has for it
     */
    static void open(@Nullable String program, String address) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String usual = system.contains("mac") ? "open" : "xdg-open";
        try {
            new ProcessBuilder(program == null ? usual : program, address)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // The address was shown: whoever has no such program opens it by hand.
        }
    }
}

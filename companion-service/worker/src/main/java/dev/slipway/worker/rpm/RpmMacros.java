package dev.slipway.worker.rpm;

import dev.slipway.worker.jobs.PlatformSpec;
import dev.slipway.worker.roots.Architectures;
import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.sandbox.Sandbox;
import dev.slipway.worker.sandbox.SandboxException;
import java.util.List;
import java.util.Map;

/**
 * Puts a platform's macros where every rpm command of a root reads them, whatever its options: a file given with
 * {@code --load} would be forgotten as soon as {@code --target} is given too.
 */
final class RpmMacros {
    private static final String INSTALL = "mkdir -p /etc/rpm && cp /slipway/in/macros.platform /etc/rpm/macros.platform"
            + " && if [ -s /slipway/in/rpmrc ]; then cp /slipway/in/rpmrc /etc/rpmrc; fi";

    private RpmMacros() {}

    static void install(Sandbox sandbox, PlatformSpec platform, String arch) {
        sandbox.give("macros.platform", file(platform));
        sandbox.give("rpmrc", settings(platform, arch));
        if (!sandbox.run(Phase.root(List.of("sh", "-c", INSTALL))).ok()) {
            throw new SandboxException(SandboxException.Reason.SETUP, "cannot give the platform's macros to the root");
        }
    }

    static String file(PlatformSpec platform) {
        StringBuilder file = new StringBuilder();
        append(file, platform.macros());
        append(file, platform.definitions());
        return file.toString();
    }

    /** Flags for the compiler that a macros file sets are overruled by rpm's own settings file: it has to be set there. */
    static String settings(PlatformSpec platform, String arch) {
        String flags = platform.macros().get("optflags");
        return flags == null ? "" : "optflags: " + Architectures.rpm(arch) + " " + flags.replace('\n', ' ') + "\n";
    }

    private static void append(StringBuilder file, Map<String, String> macros) {
        macros.forEach((name, body) -> file.append('%')
                .append(name)
                .append(' ')
                .append(body.isEmpty() ? "%{nil}" : body.strip().replaceAll("(?<!\\\\)\n", "\\\\\n"))
                .append('\n'));
    }
}

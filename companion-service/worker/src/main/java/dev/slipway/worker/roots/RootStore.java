package dev.slipway.worker.roots;

import dev.slipway.worker.sandbox.Sandboxes;
import dev.slipway.worker.tools.Command;
import dev.slipway.worker.tools.HostTools;
import dev.slipway.worker.tools.LogSink;
import dev.slipway.worker.tools.Scripts;
import dev.slipway.worker.tools.Supervision;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps roots as directories, named by {@link RootRequest#key}. A root is made in a directory beside its place, under a lock
 * that holds between threads and between workers, and renamed when it is whole. Thread-safe.
 */
public final class RootStore {
    private final Path directory;
    private final HostTools tools;
    private final RootMaker maker;
    private final Sandboxes sandboxes;
    private final ConcurrentHashMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private volatile @Nullable String toolVersion;

    /** @param directory made when missing; workers of one user may share it */
    public RootStore(Path directory, HostTools tools, Sandboxes sandboxes, Scripts scripts) {
        this.directory = directory;
        this.tools = tools;
        this.maker = new RootMaker(tools, sandboxes, scripts);
        this.sandboxes = sandboxes;
    }

    /**
     * Gives the root that is asked for, and makes it where it isn't there yet, which takes minutes.
     *
     * @throws RootException when it can't be made
     */
    public Root get(RootRequest request, Supervision supervision) {
        Root root = new Root(
                directory.resolve(request.key(version(request.recipe(), supervision))),
                Architectures.personality(request.arch()));
        if (Files.isDirectory(root.tree())) {
            return root;
        }
        String key = String.valueOf(root.tree().getFileName());
        ReentrantLock lock = locks.computeIfAbsent(key, name -> new ReentrantLock());
        lockOrCancel(lock, supervision);
        try {
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(
                            directory.resolve(key + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock ignored = lockOrCancel(channel, supervision)) {
                if (!Files.isDirectory(root.tree())) {
                    make(request, root.tree(), supervision);
                }
            }
            return root;
        } catch (IOException e) {
            throw new RootException("cannot keep the root", e);
        } finally {
            lock.unlock();
        }
    }

    private void make(RootRequest request, Path tree, Supervision supervision) throws IOException {
        Path part = directory.resolve(tree.getFileName() + ".part");
        sandboxes.remove(part);
        Files.createDirectory(part);
        try {
            supervision
                    .log()
                    .line("Making a clean root, once for all later tasks: " + RootMaker.describe(request.recipe())
                            + ", " + request.arch());
            long start = System.nanoTime();
            Path made = maker.make(request, part, supervision);
            Files.move(made, tree, StandardCopyOption.ATOMIC_MOVE);
            supervision
                    .log()
                    .line("The root is ready after " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)
                            + " seconds");
        } finally {
            sandboxes.remove(part);
        }
    }

    /** A newer tool may make another root; the version is asked for once in a worker's life. */
    private String version(Recipe recipe, Supervision supervision) {
        if (!(recipe instanceof Recipe.Mmdebstrap)) {
            return "";
        }
        String known = toolVersion;
        if (known == null) {
            known = tools.capture(Command.of("mmdebstrap", "--version"), LogSink.NONE, supervision.cancellation())
                    .output()
                    .trim();
            toolVersion = known;
        }
        return known;
    }

    private static void lockOrCancel(ReentrantLock lock, Supervision supervision) {
        try {
            while (!lock.tryLock(200, TimeUnit.MILLISECONDS)) {
                supervision.cancellation().check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RootException("interrupted while another task makes the root");
        }
    }

    private static FileLock lockOrCancel(FileChannel channel, Supervision supervision) throws IOException {
        boolean told = false;
        while (true) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            supervision.cancellation().check();
            if (!told) {
                supervision.log().line("Waiting for another worker that makes the same root");
                told = true;
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RootException("interrupted while another worker makes the root");
            }
        }
    }
}

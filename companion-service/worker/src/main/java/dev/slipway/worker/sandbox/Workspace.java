package dev.slipway.worker.sandbox;

import dev.slipway.worker.tools.Cancellation;
import dev.slipway.worker.tools.Command;
import dev.slipway.worker.tools.Exit;
import dev.slipway.worker.tools.HostTools;
import dev.slipway.worker.tools.LogSink;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of one living worker, below a directory that workers share. A lock on a file in it, which ends with the worker
 * however that dies, tells others that it is in use; whoever comes next removes what dead workers left.
 */
final class Workspace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);

    private final HostTools tools;
    private final Path directory;
    private final FileChannel lock;
    private final AtomicLong jobs = new AtomicLong();

    private Workspace(HostTools tools, Path directory, FileChannel lock) {
        this.tools = tools;
        this.directory = directory;
        this.lock = lock;
    }

    static Workspace open(Path shared, HostTools tools, ControlGroups groups) throws IOException {
        Files.createDirectories(shared);
        sweep(shared, tools, groups);
        String name = ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        Path directory = Files.createDirectory(shared.resolve(name));
        FileChannel lock =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        return new Workspace(tools, directory, lock);
    }

    /** The name that tells this worker's leftovers from others'. */
    String name() {
        return String.valueOf(directory.getFileName());
    }

    /** Makes an empty directory for a job. */
    Path create(String id) throws IOException {
        Path job = Files.createDirectory(directory.resolve(jobs.incrementAndGet() + "-" + id));
        for (String part : new String[] {"upper", "work", "jail", "scratch", "in", "out"}) {
            // Commands in the sandbox have other user ids: the way in is for all, whatever the worker's umask says.
            Files.setPosixFilePermissions(
                    Files.createDirectory(job.resolve(part)), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return job;
    }

    /** Removes a directory whose files may belong to other users of the worker's user namespace. */
    void remove(Path tree) {
        remove(tree, tools);
    }

    @Override
    public void close() throws IOException {
        remove(directory);
        lock.close();
    }

    static void remove(Path tree, HostTools tools) {
        Command remove = Command.of("rm", "-rf", "--one-file-system", "--", tree.toString());
        Exit exit = tools.runAsRoot(remove, LogSink.NONE, new Cancellation());
        if (!exit.ok() && Files.exists(tree)) {
            // A process that was just killed may have written once more.
            exit = tools.runAsRoot(remove, (bytes, offset, length) -> {}, new Cancellation());
        }
        if (!exit.ok()) {
            LOG.warn("cannot remove {}", tree);
        }
    }

    private static void sweep(Path shared, HostTools tools, ControlGroups groups) throws IOException {
        try (DirectoryStream<Path> workers = Files.newDirectoryStream(shared)) {
            for (Path worker : workers) {
                try (FileChannel channel = dead(worker)) {
                    if (channel != null) {
                        LOG.info("removing what a dead worker left in {}", worker);
                        groups.sweep(String.valueOf(worker.getFileName()));
                        remove(worker, tools);
                    }
                }
            }
        }
    }

    /** The lock of a worker's directory when its owner is dead, to be held while it is removed; else null. */
    private static @Nullable FileChannel dead(Path worker) throws IOException {
        Path file = worker.resolve("lock");
        if (!Files.isDirectory(worker) || !Files.exists(file)) {
            return null;
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        @Nullable FileLock taken = null;
        try {
            taken = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            LOG.debug("{} belongs to this very process", worker);
        }
        if (taken == null) {
            channel.close();
            return null;
        }
        return channel;
    }
}

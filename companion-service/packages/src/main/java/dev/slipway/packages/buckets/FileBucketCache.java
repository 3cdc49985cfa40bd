package dev.slipway.packages.buckets;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Buckets as files below one directory, which several threads and processes may share: an entry appears by a rename when
 * it is complete. Every read checks a checksum first, so that what a crash or a bad disk left is a miss and is made again;
 * that is why nothing is forced to disk. The time of a file tells, to the hour, when it was last used.
 */
public final class FileBucketCache implements BucketCache {
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
    private static final long MAGIC = 0x534c50424b543031L;
    private static final int HEAD = 32;
    private static final int BUFFER = 1 << 16;
    private static final Duration TOUCH = Duration.ofHours(1);
    private static final String UNFINISHED = ".tmp";

    private final Path directory;
    private final Clock clock;

    /** Uses a directory, which is made when it is not there. */
    public FileBucketCache(Path directory, Clock clock) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.clock = clock;
    }

    @Override
    public @Nullable Bucket get(String key) throws IOException {
        Path file = file(key);
        Bucket bucket = open(file);
        if (bucket != null) {
            touch(file);
        }
        return bucket;
    }

    @Override
    public Bucket put(String key, Maker maker) throws IOException {
        Path file = file(key);
        Files.createDirectories(directoryOf(key));
        Path unfinished = Files.createTempFile(directoryOf(key), key.substring(0, 8), UNFINISHED);
        try {
            write(unfinished, maker);
            Files.setLastModifiedTime(unfinished, FileTime.from(clock.instant()));
            // opened before it can be seen, so that no clean-up can come between
            Bucket made = open(unfinished);
            if (made == null) {
                throw new IOException("a bucket cannot be read back from " + unfinished);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return made;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /**
     * Deletes buckets, and remains of interrupted writers, that were not used since a time.
     *
     * @param most how many files to delete at most, so that a call is short
     * @return how many were deleted
     */
    public int removeUnusedSince(Instant time, int most) throws IOException {
        int removed = 0;
        for (Path part : list(directory)) {
            if (!Files.isDirectory(part)) {
                continue;
            }
            for (Path file : list(part)) {
                if (removed == most) {
                    return removed;
                }
                if (isOlder(file, time) && Files.deleteIfExists(file)) {
                    removed++;
                }
            }
        }
        return removed;
    }

    private Path file(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("not a bucket's key: " + key);
        }
        return directoryOf(key).resolve(key);
    }

    private Path directoryOf(String key) {
        return directory.resolve(key.substring(0, 2));
    }

    private static void write(Path file, Maker maker) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.position(HEAD);
            Checked checked = new Checked(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
            long rawSize = maker.write(checked);
            checked.flush();
            ByteBuffer head = ByteBuffer.allocate(HEAD)
                    .putLong(MAGIC)
                    .putLong(rawSize)
                    .putLong(channel.position() - HEAD)
                    .putLong(checked.checksum.getValue())
                    .flip();
            while (head.hasRemaining()) {
                channel.write(head, head.position());
            }
        }
    }

    /** The bucket in a file, or null when the file is not there or not as it was written. */
    private static @Nullable Bucket open(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return null;
        }
        try {
            ByteBuffer head = ByteBuffer.allocate(HEAD);
            if (channel.size() >= HEAD) {
                readFully(channel, head);
                long magic = head.getLong();
                long rawSize = head.getLong();
                long size = head.getLong();
                if (magic == MAGIC && size == channel.size() - HEAD && head.getLong() == checksum(channel)) {
                    channel.position(HEAD);
                    return new Bucket(rawSize, size, Channels.newInputStream(channel));
                }
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return null;
    }

    private static void readFully(FileChannel channel, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into) < 0) {
                throw new EOFException("a bucket shrank while it was read");
            }
        }
        into.flip();
    }

    private static long checksum(FileChannel channel) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (channel.read(buffer) >= 0) {
            checksum.update(buffer.flip());
            buffer.clear();
        }
        return checksum.getValue();
    }

    private void touch(Path file) throws IOException {
        Instant now = clock.instant();
        try {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(TOUCH))) {
                Files.setLastModifiedTime(file, FileTime.from(now));
            }
        } catch (NoSuchFileException e) {
            // cleaned up meanwhile; what is open stays readable
        }
    }

    private static boolean isOlder(Path file, Instant time) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(time);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            List<Path> all = new ArrayList<>();
            for (Iterator<Path> i = paths.iterator(); i.hasNext(); ) {
                all.add(i.next());
            }
            return all;
        }
    }

    /** Takes the checksum of what passes. */
    private static final class Checked extends FilterOutputStream {
        private final CRC32C checksum = new CRC32C();

        Checked(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            checksum.update(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            checksum.update(bytes, offset, length);
        }
    }
}

package io.jenkins.plugins.slipway.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Directories with secrets on agents: noted in a file before there is one, and forgotten when it is gone. What another
 * life of the controller noted is used by nobody any more. Thread-safe.
 */
final class LeftDirectories {
    /** The oldest are forgotten: agents that are made for one use take their files with them. */
    static final int MOST = 1000;

    private final Path file;
    private final Deque<Directory> directories = new ArrayDeque<>();
    private final Set<Directory> used = new HashSet<>();

    private record Directory(String node, String path) {
        String line() {
            return URLEncoder.encode(node, StandardCharsets.UTF_8) + " "
                    + URLEncoder.encode(path, StandardCharsets.UTF_8);
        }

        static Directory parse(String line) {
            int at = line.indexOf(' ');
            return new Directory(
                    URLDecoder.decode(line.substring(0, at), StandardCharsets.UTF_8),
                    URLDecoder.decode(line.substring(at + 1), StandardCharsets.UTF_8));
        }
    }

    /** @param file may be absent */
    LeftDirectories(@NonNull Path file) {
        this.file = file;
        try {
            Files.readAllLines(file).stream()
                    .filter(line -> line.indexOf(' ') >= 0)
                    .map(Directory::parse)
                    .forEach(directories::add);
        } catch (NoSuchFileException e) {
            // nothing was left
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes a directory that will be there and in use. */
    synchronized void use(@NonNull String node, @NonNull String path) throws IOException {
        Directory directory = new Directory(node, path);
        used.add(directory);
        directories.add(directory);
        while (directories.size() > MOST) {
            used.remove(directories.remove());
        }
        save();
    }

    /** Notes that a directory is not used any more, but still there. */
    synchronized void leave(@NonNull String node, @NonNull String path) {
        used.remove(new Directory(node, path));
    }

    /** Forgets a directory that is gone. */
    synchronized void removed(@NonNull String node, @NonNull String path) throws IOException {
        Directory directory = new Directory(node, path);
        used.remove(directory);
        if (directories.remove(directory)) {
            save();
        }
    }

    /** The directories on an agent that are to be removed. */
    @NonNull
    synchronized List<String> leftOn(@NonNull String node) {
        return directories.stream()
                .filter(directory -> directory.node().equals(node) && !used.contains(directory))
                .map(Directory::path)
                .toList();
    }

    private void save() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(
                next,
                directories.stream().map(directory -> directory.line() + "\n").collect(Collectors.joining()));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}

package dev.slipway.server.projects;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Lists the git repositories directly below a folder, bare or with a work tree. */
final class FolderListing {
    private FolderListing() {}

    static List<Listed> of(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(FolderListing::isRepository)
                    .sorted()
                    .map(child -> child.toAbsolutePath().toUri().toString().replaceAll("/+$", ""))
                    .map(url -> new Listed(Listed.nameOf(url), url, null))
                    .toList();
        }
    }

    private static boolean isRepository(Path child) {
        return Files.exists(child.resolve(".git"))
                || Files.isRegularFile(child.resolve("HEAD")) && Files.isDirectory(child.resolve("objects"));
    }
}

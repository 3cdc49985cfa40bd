package dev.slipway.worker.roots;

import dev.slipway.worker.tools.Command;
import dev.slipway.worker.tools.Download;
import dev.slipway.worker.tools.HostTools;
import dev.slipway.worker.tools.Supervision;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fills a root from an archive whose digest the recipe states. */
final class TarRoot {
    private static final long MAX_BYTES = 8L * 1024 * 1024 * 1024;

    private final HostTools tools;

    TarRoot(HostTools tools) {
        this.tools = tools;
    }

    void fill(Path tree, Recipe.Tar recipe, Supervision supervision) throws IOException {
        Path archive = tree.resolveSibling("root.tar");
        String digest = Download.fetch(URI.create(recipe.url()), archive, MAX_BYTES, supervision);
        if (!digest.equals(recipe.sha256())) {
            throw new RootException(
                    "the archive " + recipe.url() + " has the SHA-256 " + digest + ", not " + recipe.sha256());
        }
        Command unpack = Command.of(
                "tar",
                "-x",
                "-p",
                "--numeric-owner",
                "--xattrs",
                "--xattrs-include=security.capability",
                "--exclude=./dev/*",
                "-C",
                tree.toString(),
                "-f",
                archive.toString());
        if (!tools.runAsRoot(unpack, supervision.log(), supervision.cancellation())
                .ok()) {
            throw new RootException("the archive " + recipe.url() + " can't be unpacked: see the log");
        }
        Files.delete(archive);
    }
}

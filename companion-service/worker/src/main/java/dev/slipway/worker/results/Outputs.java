package dev.slipway.worker.results;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.rpm.RpmReader;
import dev.slipway.worker.jobs.ArtifactFile;
import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.JobFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Takes the files that a job left, of which nothing is believed. */
public final class Outputs {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+:~_^-]{0,249}");
    private static final int MOST = 5000;

    private Outputs() {}

    /**
     * Moves the plain files of a directory to another one and says what they are.
     *
     * @throws JobFailure when one is no plain file, has an odd name, or is a package that can't be read or lies about its
     *     architecture
     */
    public static List<ArtifactFile> take(Path from, Path to) {
        List<ArtifactFile> taken = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(from)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!NAME.matcher(name).matches() || !Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    throw JobFailure.failed(
                            Code.SOURCE_INVALID,
                            "the build left something that is no package file: "
                                    + name.replaceAll("[^A-Za-z0-9.+~_-]", "?"));
                }
                if (taken.size() == MOST) {
                    throw JobFailure.failed(Code.SOURCE_INVALID, "the build made more than " + MOST + " files");
                }
                ArtifactFile file = new ArtifactFile(Files.move(entry, to.resolve(name)), type(name));
                check(file);
                taken.add(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot take what the build made", e);
        }
        taken.sort(Comparator.comparing(ArtifactFile::name));
        return taken;
    }

    static ArtifactFile.Type type(String name) {
        if (name.endsWith(".src.rpm") || name.endsWith(".nosrc.rpm")) {
            return ArtifactFile.Type.SRC_RPM;
        }
        int dot = name.lastIndexOf('.');
        return switch (name.substring(dot + 1)) {
            case "rpm" -> ArtifactFile.Type.RPM;
            case "deb", "udeb", "ddeb" -> ArtifactFile.Type.DEB;
            case "dsc" -> ArtifactFile.Type.DSC;
            case "changes" -> ArtifactFile.Type.CHANGES;
            case "buildinfo" -> ArtifactFile.Type.BUILDINFO;
            case "gz", "xz", "bz2", "zst", "asc", "tar" -> ArtifactFile.Type.SOURCE;
            default -> ArtifactFile.Type.OTHER;
        };
    }

    private static void check(ArtifactFile file) throws IOException {
        try {
            switch (file.type()) {
                case RPM, SRC_RPM -> RpmReader.read(file.path());
                default -> {
                    // Files that hold no programs, or that are checked where they are read.
                }
            }
        } catch (PackageFormatException e) {
            Code code = e.reason() == PackageFormatException.Reason.ARCHITECTURE
                    ? Code.WRONG_ARCHITECTURE
                    : Code.SOURCE_INVALID;
            throw JobFailure.failed(code, file.name() + ": " + e.getMessage());
        }
    }
}

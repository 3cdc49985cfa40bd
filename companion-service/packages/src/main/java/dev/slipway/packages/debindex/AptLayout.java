package dev.slipway.packages.debindex;

import dev.slipway.packages.debindex.Index.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which files a suite consists of and where they are served, so that they can be kept by their digests. Stateless.
 *
 * <p>A repository is written in this order: packages, {@link #stored} files, and last {@code Release}, {@code Release.gpg}
 * and {@code InRelease}. The files below {@code by-hash} of former publications stay for a while: a client that read the
 * former {@code InRelease} still asks for them.
 */
public final class AptLayout {

    private final Suite suite;

    public AptLayout(Suite suite) {
        this.suite = suite;
    }

    /** Every index that must be made, also when it has nothing to list. */
    public List<Index> indexes() {
        var indexes = new ArrayList<Index>();
        for (var component : suite.components()) {
            for (var architecture : suite.architectures()) {
                indexes.add(new Index(Kind.PACKAGES, component, architecture));
                if (suite.contents()) {
                    indexes.add(new Index(Kind.CONTENTS, component, architecture));
                }
            }
            if (suite.sources()) {
                indexes.add(new Index(Kind.SOURCES, component, "source"));
            }
        }
        return List.copyOf(indexes);
    }

    /** The suite's directory below the repository's root. */
    public String directory() {
        return "dists/" + suite.name();
    }

    public String releasePath() {
        return directory() + "/Release";
    }

    public String inReleasePath() {
        return directory() + "/InRelease";
    }

    public String releaseSignaturePath() {
        return directory() + "/Release.gpg";
    }

    /**
     * Where the stored ones of the files are served, relative to the repository's root: each under its own name and under
     * {@code by-hash/SHA256}, where apt asks first.
     */
    public Map<String, IndexFile> stored(List<IndexFile> files) {
        var paths = new LinkedHashMap<String, IndexFile>();
        for (var file : files) {
            if (file.stored()) {
                paths.put(directory() + "/" + file.path(), file);
                paths.put(directory() + "/" + byHash(file), file);
            }
        }
        return paths;
    }

    private static String byHash(IndexFile file) {
        return file.path().substring(0, file.path().lastIndexOf('/') + 1) + "by-hash/SHA256/" + file.sha256();
    }
}

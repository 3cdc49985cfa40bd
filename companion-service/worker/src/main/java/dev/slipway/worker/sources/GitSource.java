package dev.slipway.worker.sources;

import dev.slipway.api.builds.RefType;
import dev.slipway.worker.jobs.JobFailure;
import dev.slipway.worker.jobs.SourceSpec;
import dev.slipway.worker.tools.HostTools;
import dev.slipway.worker.tools.Supervision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One commit of a Git repository, fetched alone where the server allows. */
public final class GitSource {
    private static final Pattern ABBREVIATED = Pattern.compile("[0-9a-f]{7,40}");

    private final Git git;
    private final String url;
    private final String commit;
    private final Map<String, String> remoteRefs;

    private GitSource(Git git, String url, String commit, Map<String, String> remoteRefs) {
        this.git = git;
        this.url = url;
        this.commit = commit;
        this.remoteRefs = remoteRefs;
    }

    /**
     * Fetches what the spec names.
     *
     * @param directory an empty one, removed by the caller
     * @param local whether file: URLs are allowed
     * @throws JobFailure in one line: the repository or the ref isn't there, or may not be used
     */
    public static GitSource fetch(
            HostTools tools, SourceSpec spec, Path directory, boolean local, long maxBytes, Supervision supervision) {
        String url = SourceAddress.repository(spec.url(), local).toString();
        SourceAddress.ref(spec.ref());
        if (spec.commit() != null && !SourceAddress.isCommit(spec.commit())) {
            throw SourceAddress.refused("a commit is 40 hexadecimal digits, unlike \"" + spec.commit() + "\"");
        }
        Git git = new Git(tools, directory, local, maxBytes, supervision);
        Git.Answer listed = git.run(List.of("ls-remote", "--", url));
        if (!listed.ok()) {
            throw SourceAddress.refused("cannot read the repository " + url + ": " + listed.complaint());
        }
        Map<String, String> refs = refs(listed.output());
        Git.Answer made = git.run(List.of(
                "init", "--quiet", "--bare", "--template=", git.repository().toString()));
        if (!made.ok()) {
            throw SourceAddress.refused("cannot make a local repository: " + made.complaint());
        }
        String commit = new Fetching(git, url, spec, refs).fetch();
        supervision.log().line("Source: " + url + " at commit " + commit);
        return new GitSource(git, url, commit, refs);
    }

    /** 40 hexadecimal digits. */
    public String commit() {
        return commit;
    }

    public String url() {
        return url;
    }

    /** The repository's name: the last part of its URL without {@code .git}. */
    public String name() {
        String trimmed = url.replaceFirst("/+$", "");
        return trimmed.substring(trimmed.lastIndexOf('/') + 1).replaceFirst("\\.git$", "");
    }

    /** The paths of all files of the commit, sorted. */
    public Set<String> files() {
        Git.Answer answer = git.inRepository(List.of("ls-tree", "-r", "-z", "--name-only", commit));
        check(answer);
        Set<String> files = new TreeSet<>(List.of(answer.output().split("\0")));
        files.remove("");
        return files;
    }

    /** A file's content. */
    public String text(String path) {
        Git.Answer answer = git.inRepository(List.of("cat-file", "blob", commit + ":" + path));
        check(answer);
        return answer.output();
    }

    /**
     * Writes the commit's files to an archive; the same commit gives the same bytes.
     *
     * @param format {@code tar}, {@code tar.gz}, {@code tar.xz}, {@code tar.bz2}, {@code tar.zst} or {@code zip}
     * @param prefix directory within the archive, with a slash at its end; may be empty
     * @param paths what to take, as git's pathspecs; everything when empty
     */
    public void archive(Path target, String format, String prefix, List<String> paths) {
        archive(commit, target, format, prefix, paths);
    }

    /**
     * As {@link #archive(Path, String, String, List)}, of a tag.
     *
     * @return false when the repository has no such tag
     */
    public boolean archiveTag(String tag, Path target, String format, String prefix, List<String> paths) {
        String ref = "refs/tags/" + tag;
        if (!remoteRefs.containsKey(ref)) {
            return false;
        }
        check(git.inRepository(List.of("fetch", "--quiet", "--no-tags", "--depth=1", "--", url, ref + ":" + ref)));
        archive(ref, target, format, prefix, paths);
        return true;
    }

    private void archive(String what, Path target, String format, String prefix, List<String> paths) {
        List<String> line = new ArrayList<>(List.of("archive", "--format=" + format, "--output=" + target));
        if (!prefix.isEmpty()) {
            line.add("--prefix=" + prefix);
        }
        line.add(what);
        if (!paths.isEmpty()) {
            line.add("--");
            line.addAll(paths);
        }
        check(git.inRepository(line));
    }

    private void check(Git.Answer answer) {
        if (!answer.ok()) {
            throw SourceAddress.refused("cannot read the source " + url + ": " + answer.complaint());
        }
    }

    private static Map<String, String> refs(String listing) {
        return listing.lines()
                .map(line -> line.split("\t", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(
                        parts -> parts[1], parts -> parts[0], (first, second) -> first, LinkedHashMap::new));
    }

    /** Finds out what a ref means in a repository and fetches it. */
    private record Fetching(Git git, String url, SourceSpec spec, Map<String, String> refs) {
        String fetch() {
            String ref = spec.ref();
            if (spec.commit() != null) {
                return commit(spec.commit());
            }
            if (ref == null) {
                if (!refs.containsKey("HEAD")) {
                    throw SourceAddress.refused("the repository " + url + " has no default branch: name a ref");
                }
                return named("HEAD");
            }
            List<String> candidates = switch (spec.refType()) {
                case BRANCH -> List.of("refs/heads/" + ref);
                case TAG -> List.of("refs/tags/" + ref);
                default -> List.of("refs/tags/" + ref, "refs/heads/" + ref, ref);
            };
            for (String candidate : candidates) {
                if (refs.containsKey(candidate)) {
                    return named(candidate);
                }
            }
            if (spec.refType() == RefType.ANY && ABBREVIATED.matcher(ref).matches()) {
                return commit(ref);
            }
            String what = switch (spec.refType()) {
                case BRANCH -> "branch";
                case TAG -> "tag";
                default -> "branch, tag or commit";
            };
            throw SourceAddress.refused("the repository " + url + " has no " + what + " \"" + ref + "\"");
        }

        private String named(String ref) {
            Git.Answer answer = fetch("--depth=1", ref);
            if (!answer.ok()) {
                answer = fetch("--no-auto-gc", ref);
            }
            if (!answer.ok()) {
                throw SourceAddress.refused("cannot fetch " + ref + " of " + url + ": " + answer.complaint());
            }
            return resolve("FETCH_HEAD", ref);
        }

        private String commit(String hash) {
            boolean whole = SourceAddress.isCommit(hash);
            if (whole && fetch("--depth=1", hash).ok()) {
                return resolve("FETCH_HEAD", hash);
            }
            // A server that gives out named refs only, or an abbreviation: everything is needed to find it.
            Git.Answer answer = git.inRepository(List.of(
                    "fetch",
                    "--quiet",
                    "--no-tags",
                    "--",
                    url,
                    "+refs/heads/*:refs/heads/*",
                    "+refs/tags/*:refs/tags/*"));
            if (!answer.ok()) {
                throw SourceAddress.refused("cannot fetch " + url + ": " + answer.complaint());
            }
            return resolve(hash, hash);
        }

        private Git.Answer fetch(String option, String ref) {
            return git.inRepository(List.of("fetch", "--quiet", "--no-tags", option, "--", url, ref));
        }

        private String resolve(String revision, @Nullable String asked) {
            Git.Answer answer = git.inRepository(
                    List.of("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"));
            String commit = answer.output().trim();
            if (!answer.ok() || !SourceAddress.isCommit(commit)) {
                throw SourceAddress.refused("the repository " + url + " has no commit \"" + asked + "\"");
            }
            return commit;
        }
    }
}

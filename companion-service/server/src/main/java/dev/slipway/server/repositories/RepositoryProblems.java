package dev.slipway.server.repositories;

import dev.slipway.server.http.ProblemException;

/** What a caller is told when a repository cannot be what was asked. */
final class RepositoryProblems {

    private RepositoryProblems() {}

    static ProblemException unknown(long id) {
        return ProblemException.notFound("repository", id);
    }

    static ProblemException nameTaken(NewRepository wanted) {
        return ProblemException.alreadyExists(
                wanted.type().word() + (wanted.debug() ? " debug repository" : " repository"),
                wanted.name() + " for " + wanted.arch());
    }

    static ProblemException notOurs(StoredRepository repository) {
        return ProblemException.conflict("repository " + repository.name() + " is read from " + repository.url()
                + " and cannot be changed here");
    }

    static ProblemException unknownPackage(long id) {
        return ProblemException.unprocessable("there is no package " + id);
    }

    static ProblemException otherType(StoredRepository repository, String nevra) {
        return ProblemException.unprocessable("repository " + repository.name() + " holds "
                + repository.type().word() + " packages; " + nevra + " is none");
    }

    static ProblemException otherArch(StoredRepository repository, String nevra) {
        return ProblemException.unprocessable("repository " + repository.name() + " has no index that would list "
                + nevra + "; its architectures are " + repository.arch());
    }

    /** Two files that clients could not tell apart. */
    static ProblemException otherBytes(
            StoredRepository repository,
            String fileName,
            String nevra,
            String sha256,
            String otherNevra,
            String otherSha256) {
        String what = nevra.equals(otherNevra)
                ? nevra + " with different bytes"
                : nevra + " and " + otherNevra + " with different files named " + fileName;
        return ProblemException.of(
                        "package-conflict",
                        409,
                        "The repository holds other bytes under this name",
                        "repository " + repository.name() + " (" + repository.arch() + ") would hold " + what
                                + " (sha256 " + shortened(otherSha256) + " and " + shortened(sha256)
                                + "); build it again with a higher version or release")
                .with("repository", repository.name())
                .with("package", nevra);
    }

    private static String shortened(String sha256) {
        return sha256.substring(0, 12) + "…";
    }
}

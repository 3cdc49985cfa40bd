package dev.slipway.server.channels;

import dev.slipway.api.repositories.RepositoryChange;
import dev.slipway.server.blobs.Blob;
import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.blobs.Digests;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.ingest.PackageFile;
import dev.slipway.server.ingest.PackageRefusedException;
import dev.slipway.server.ingest.Packages;
import dev.slipway.server.ingest.StoredPackage;
import java.util.ArrayList;
import java.util.List;

/** Takes uploaded files in as packages, for repositories that are filled by hand. */
final class UploadedPackages {
    private static final int MOST = 500;

    private final Transactions transactions;
    private final Blobs blobs;
    private final Packages packages;

    UploadedPackages(Transactions transactions, Blobs blobs, Packages packages) {
        this.transactions = transactions;
        this.blobs = blobs;
        this.packages = packages;
    }

    /**
     * Reads and checks the files; a package that is known already is not read again. Not to be called within a transaction.
     *
     * @return the ids of the packages among them
     * @throws ProblemException 422 when a file was not uploaded, is no package, or lies about itself
     */
    List<Long> take(List<RepositoryChange.UploadedFile> files) {
        if (files.size() > MOST) {
            throw ProblemException.unprocessable("/files: at most " + MOST + " at once");
        }
        List<PackageFile> all = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            all.add(stored(files.get(i), "/files/" + i));
        }
        List<Long> ids = new ArrayList<>();
        for (PackageFile file : all) {
            if (file.isPackage()) {
                ids.add(take(file, all).id());
            }
        }
        if (ids.isEmpty() && !files.isEmpty()) {
            throw ProblemException.unprocessable("/files: none of them is named as a package is: .rpm, .deb or .dsc");
        }
        return ids;
    }

    private PackageFile stored(RepositoryChange.UploadedFile file, String pointer) {
        if (!Digests.isSha256(file.sha256())) {
            throw ProblemException.unprocessable(pointer + "/sha256: 64 hexadecimal digits in lower case");
        }
        Blob blob = transactions
                .read(session -> blobs.find(session, file.sha256()))
                .orElseThrow(() -> ProblemException.unprocessable(
                        pointer + "/sha256: no blob has it; upload " + file.name() + " first"));
        return new PackageFile(file.name(), blob.sha256(), blob.size());
    }

    private StoredPackage take(PackageFile file, List<PackageFile> siblings) {
        try {
            return packages.ingest(file, siblings);
        } catch (PackageRefusedException e) {
            throw ProblemException.of("package-refused", 422, "The package is refused", String.valueOf(e.getMessage()))
                    .with("code", e.code());
        }
    }
}

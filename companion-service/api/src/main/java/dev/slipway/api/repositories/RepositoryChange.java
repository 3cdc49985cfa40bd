package dev.slipway.api.repositories;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packages to put into and take out of a hosted repository, as one new version.
 *
 * @param add package ids
 * @param files uploaded files to take in as packages and add; beside a {@code .dsc} also those that it names
 * @param remove package ids
 * @param reason kept with the version; the caller's name stands in when absent
 */
public record RepositoryChange(
        @Nullable List<Long> add,
        @Nullable List<UploadedFile> files,
        @Nullable List<Long> remove,
        @Nullable String reason) {

    /**
     * A blob and the file name it has as a package.
     *
     * @param sha256 of a blob that was uploaded before, in lower-case hexadecimal
     */
    public record UploadedFile(String name, String sha256) {}

    /** A change by package ids alone. */
    public static RepositoryChange of(List<Long> add, List<Long> remove) {
        return new RepositoryChange(add, null, remove, null);
    }
}

package dev.slipway.worker.jobs;

import dev.slipway.worker.dnf.DnfRepository;
import dev.slipway.worker.jobs.Diagnosis.Code;
import java.util.List;

/** A job's repositories as dnf is to use them. */
public final class DnfRepositories {
    private DnfRepositories() {}

    /**
     * Gives them as dnf is to use them.
     *
     * @throws JobFailure when one is neither trusted nor has a key
     */
    public static List<DnfRepository> of(List<RepositorySpec> repositories) {
        return repositories.stream().map(DnfRepositories::of).toList();
    }

    private static DnfRepository of(RepositorySpec spec) {
        if (!spec.trusted() && spec.key() == null) {
            throw JobFailure.error(
                    Code.INVALID_JOB, "repository " + spec.name() + " is neither trusted nor has it a key");
        }
        return new DnfRepository(spec.name(), spec.url(), spec.trusted() ? null : spec.key(), spec.priority());
    }
}

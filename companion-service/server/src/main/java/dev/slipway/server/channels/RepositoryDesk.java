package dev.slipway.server.channels;

import dev.slipway.api.repositories.Repository;
import dev.slipway.api.repositories.RepositoryChange;
import dev.slipway.api.repositories.RepositoryRequest;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.repositories.NewRepository;
import dev.slipway.server.repositories.Repositories;
import dev.slipway.server.repositories.RepositoryHistory;
import dev.slipway.server.repositories.RepositoryKind;
import dev.slipway.server.repositories.StoredRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** What callers may do with repositories. */
final class RepositoryDesk {

    private static final int LONGEST_REASON = 200;

    /** A version that exists. */
    record Version(int number, int packageCount) {}

    private final Repositories repositories;
    private final HostedRepositories hosted;
    private final RepositoryHistory history = new RepositoryHistory();
    private final RepositoryViews views;
    private final Audit audit;

    RepositoryDesk(Repositories repositories, HostedRepositories hosted, RepositoryViews views, Audit audit) {
        this.repositories = repositories;
        this.hosted = hosted;
        this.views = views;
        this.audit = audit;
    }

    RepositoryViews views() {
        return views;
    }

    RepositoryHistory history() {
        return history;
    }

    Repository create(RepositoryRequest request, Caller caller, StatelessSession session) {
        NewRepository wanted = RepositoryRequests.of(request, session);
        StoredRepository made = wanted.kind() == RepositoryKind.REMOTE
                ? repositories.create(wanted, session)
                : hosted.create(wanted, RepositoryRequests.channelPath(request), session);
        Repository answer = view(made.id(), session);
        audit.record(session, caller, "create", "repository", made.id(), null, answer);
        return answer;
    }

    /**
     * Changes a hosted repository; those of builds and distributions are changed by what they belong to.
     *
     * @param uploaded ids of packages that came with the request
     */
    /** @param check refuses a state of the repository that the caller did not mean */
    Repository change(
            long id,
            RepositoryChange change,
            List<Long> uploaded,
            Consumer<Repository> check,
            Caller caller,
            StatelessSession session) {
        repositories.lock(id, session);
        mayChange(id, session);
        check.accept(view(id, session));
        String reason = change.reason() == null ? "changed by " + caller.username() : change.reason();
        if (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.unprocessable("reason is one line of at most " + LONGEST_REASON + " characters");
        }
        Repository before = view(id, session);
        List<Long> add = new ArrayList<>(orNone(change.add()));
        add.addAll(uploaded);
        hosted.change(id, add, orNone(change.remove()), reason, session);
        Repository after = view(id, session);
        audit.record(session, caller, "change", "repository", id, before, after);
        return after;
    }

    /** Refuses (404, 409) repositories that are not filled by hand. */
    void mayChange(long id, StatelessSession session) {
        StoredRepository repository = repositories.get(id, session);
        if (repository.kind() != RepositoryKind.HOSTED) {
            throw ProblemException.conflict("repository " + repository.name() + " belongs to a "
                    + repository.kind().word() + " and is not changed by hand");
        }
    }

    /** The version that is asked for; the newest when none is. */
    Version version(long id, @Nullable Integer number, StatelessSession session) {
        StoredRepository repository = repositories.get(id, session);
        int wanted = number == null ? repository.currentVersion() : number;
        if (wanted == 0) {
            return new Version(0, 0);
        }
        return history.size(id, wanted, session)
                .map(count -> new Version(wanted, count))
                .orElseThrow(() -> ProblemException.notFound("version of repository " + repository.name(), wanted));
    }

    void mustExist(long id, StatelessSession session) {
        repositories.get(id, session);
    }

    private Repository view(long id, StatelessSession session) {
        return views.find(id, session).orElseThrow();
    }

    private static List<Long> orNone(@Nullable List<Long> ids) {
        return ids == null ? List.of() : ids;
    }
}

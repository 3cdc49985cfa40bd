package dev.slipway.api.identity;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A named set of scopes, as wide as one kind of caller needs it and no wider. */
public enum Role {
    /** Sees everything but audit, grants, metrics and other people's data. */
    READER(reads()),
    /** Starts, restarts and cancels builds and makes composes of them. */
    BUILDER(with(
            reads(),
            Scopes.BUILDS_CREATE,
            Scopes.BUILDS_RESTART,
            Scopes.BUILDS_CANCEL,
            Scopes.COMPOSES_CREATE,
            Scopes.COMPOSES_EXTEND,
            Scopes.COMPOSES_DELETE,
            Scopes.TESTS_RESTART)),
    /** Reports results of tests and starts them again. */
    TESTER(with(reads(), Scopes.TESTS_RUN, Scopes.TESTS_RESTART)),
    /** Asks for signatures; making them is a worker's. */
    SIGNER(with(reads(), Scopes.SIGN_TASKS_CREATE)),
    /** Plans, approves, commits and undoes releases. */
    RELEASER(with(
            reads(),
            Scopes.RELEASES_PLAN,
            Scopes.RELEASES_APPROVE,
            Scopes.RELEASES_COMMIT,
            Scopes.SIGN_TASKS_CREATE,
            Scopes.DISTRIBUTIONS_UPDATE,
            Scopes.REPOSITORIES_UPDATE)),
    /** Claims tasks, uploads and reports what it claimed, signs when it holds a key, and reads blobs; nothing else. */
    WORKER(with(
            Collections.emptySortedSet(),
            Scopes.TASKS_CLAIM,
            Scopes.WORKERS_REGISTER,
            Scopes.SIGN_TASKS_SIGN,
            Scopes.TESTS_RUN,
            Scopes.BLOBS_READ)),
    /** Sees who did what and who may do what; changes nothing. */
    AUDITOR(with(reads(), Scopes.AUDIT_READ, Scopes.GRANTS_READ, Scopes.USERS_READ)),
    /** Everything. */
    ADMIN(Scopes.all());

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable set
    private final SortedSet<String> scopes;

    Role(SortedSet<String> scopes) {
        this.scopes = scopes;
    }

    /** The role's name on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public SortedSet<String> scopes() {
        return scopes;
    }

    /**
     * What the role gives when it is granted on one distribution: all that it sees, since nothing is hidden by
     * distribution, and of the rest what acts on that distribution.
     */
    public SortedSet<String> scopesOnDistribution() {
        return Collections.unmodifiableSortedSet(scopes.stream()
                .filter(s -> Scopes.onTargets().contains(s) || reads().contains(s))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Whether a grant of the role on one distribution gives more than sight. */
    public boolean actsOnDistributions() {
        return scopes.stream().anyMatch(scope -> Scopes.onTargets().contains(scope));
    }

    /** The role of that name on the wire. */
    public static Optional<Role> named(String word) {
        return Arrays.stream(values()).filter(r -> r.word().equals(word)).findFirst();
    }

    private static SortedSet<String> reads() {
        return Scopes.all().stream()
                .filter(s -> s.endsWith(":read"))
                .filter(s -> !s.equals(Scopes.AUDIT_READ) && !s.equals(Scopes.METRICS_READ))
                .filter(s -> !s.equals(Scopes.USERS_READ) && !s.equals(Scopes.TOKENS_READ))
                .filter(s -> !s.equals(Scopes.WEBHOOKS_READ))
                .filter(s -> !s.equals(Scopes.GRANTS_READ))
                .filter(s -> !s.equals(Scopes.CLIENTS_READ) && !s.equals(Scopes.TOKEN_KEYS_READ))
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(TreeSet::new), s -> with(s, Scopes.USERS_READ_SELF)));
    }

    private static SortedSet<String> with(SortedSet<String> base, String... more) {
        return Collections.unmodifiableSortedSet(
                Stream.concat(base.stream(), Arrays.stream(more)).collect(Collectors.toCollection(TreeSet::new)));
    }
}

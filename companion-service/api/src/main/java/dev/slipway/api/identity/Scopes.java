package dev.slipway.api.identity;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Every scope there is: {@code resource:verb}. Each operation of the service asks for exactly one of them. */
public final class Scopes {
    public static final String AUDIT_READ = "audit:read";
    public static final String BLOBS_DELETE = "blobs:delete";
    public static final String BLOBS_READ = "blobs:read";
    public static final String BLOBS_WRITE = "blobs:write";
    public static final String BUILDS_CANCEL = "builds:cancel";
    public static final String BUILDS_CREATE = "builds:create";
    public static final String BUILDS_DELETE = "builds:delete";

    /** Cancels, restarts and removes builds of other users and teams. */
    public static final String BUILDS_MANAGE = "builds:manage";

    public static final String BUILDS_READ = "builds:read";
    public static final String BUILDS_RESTART = "builds:restart";
    public static final String CLIENTS_CREATE = "clients:create";
    public static final String CLIENTS_DELETE = "clients:delete";
    public static final String CLIENTS_READ = "clients:read";
    public static final String CLIENTS_UPDATE = "clients:update";
    public static final String COMPOSES_CREATE = "composes:create";
    public static final String COMPOSES_DELETE = "composes:delete";
    public static final String COMPOSES_EXTEND = "composes:extend";
    public static final String COMPOSES_READ = "composes:read";
    public static final String DISTRIBUTIONS_CREATE = "distributions:create";
    /** Says how a distribution is released to, for example whether a second person must approve. */
    public static final String DISTRIBUTIONS_MANAGE = "distributions:manage";

    public static final String DISTRIBUTIONS_READ = "distributions:read";
    public static final String DISTRIBUTIONS_UPDATE = "distributions:update";
    public static final String EVENTS_READ = "events:read";
    public static final String GRANTS_MANAGE = "grants:manage";
    public static final String GRANTS_READ = "grants:read";
    public static final String METRICS_READ = "metrics:read";
    public static final String PLATFORMS_CREATE = "platforms:create";
    public static final String PLATFORMS_READ = "platforms:read";
    public static final String PLATFORMS_UPDATE = "platforms:update";
    public static final String PROJECTS_READ = "projects:read";
    public static final String RELEASES_APPROVE = "releases:approve";
    public static final String RELEASES_COMMIT = "releases:commit";
    public static final String RELEASES_PLAN = "releases:plan";
    public static final String RELEASES_READ = "releases:read";
    public static final String REPOSITORIES_CREATE = "repositories:create";
    public static final String REPOSITORIES_READ = "repositories:read";
    public static final String REPOSITORIES_UPDATE = "repositories:update";
    public static final String SIGN_KEYS_CREATE = "sign-keys:create";
    public static final String SIGN_KEYS_READ = "sign-keys:read";
    public static final String SIGN_KEYS_UPDATE = "sign-keys:update";
    public static final String SIGN_TASKS_CREATE = "sign-tasks:create";
    public static final String SIGN_TASKS_READ = "sign-tasks:read";
    public static final String SIGN_TASKS_SIGN = "sign-tasks:sign";
    public static final String TASKS_CLAIM = "tasks:claim";
    public static final String TASKS_READ = "tasks:read";
    public static final String TEAMS_MANAGE = "teams:manage";
    public static final String TEAMS_READ = "teams:read";
    public static final String TESTS_READ = "tests:read";
    public static final String TESTS_RESTART = "tests:restart";
    public static final String TESTS_RUN = "tests:run";

    /** Changes the keys that access tokens are signed with. */
    public static final String TOKEN_KEYS_MANAGE = "token-keys:manage";

    public static final String TOKEN_KEYS_READ = "token-keys:read";
    public static final String TOKENS_CREATE = "tokens:create";
    public static final String TOKENS_DELETE = "tokens:delete";
    public static final String TOKENS_READ = "tokens:read";
    /** Asks what one's own token is; every token has it. */
    public static final String TOKENS_STATUS = "tokens:status";

    /** Reads and changes what belongs to other users: their tokens, their accounts. */
    public static final String USERS_MANAGE = "users:manage";

    public static final String USERS_READ = "users:read";
    public static final String USERS_READ_SELF = "users:read-self";
    public static final String WEBHOOKS_MANAGE = "webhooks:manage";
    /** Sees webhooks; their URLs may be secrets of the receivers. */
    public static final String WEBHOOKS_READ = "webhooks:read";

    public static final String WORKERS_MANAGE = "workers:manage";
    public static final String WORKERS_READ = "workers:read";
    public static final String WORKERS_REGISTER = "workers:register";

    private static final SortedSet<String> ON_TARGETS = Collections.unmodifiableSortedSet(new TreeSet<>(
            Set.of(DISTRIBUTIONS_UPDATE, RELEASES_APPROVE, RELEASES_COMMIT, RELEASES_PLAN, SIGN_TASKS_CREATE)));
    private static final SortedSet<String> OF_EVERYONE = Collections.unmodifiableSortedSet(
            new TreeSet<>(Set.of(TOKENS_CREATE, TOKENS_DELETE, TOKENS_READ, TOKENS_STATUS, USERS_READ_SELF)));
    private static final SortedSet<String> ALL = Collections.unmodifiableSortedSet(collect());

    private Scopes() {}

    /** All scopes, sorted. */
    public static SortedSet<String> all() {
        return ALL;
    }

    /** Those whose operations act on one distribution, so that they can be granted on it alone. */
    public static SortedSet<String> onTargets() {
        return ON_TARGETS;
    }

    /** What everyone who can prove who they are may do: ask who they are, and keep tokens of their own. */
    public static SortedSet<String> ofEveryone() {
        return OF_EVERYONE;
    }

    private static SortedSet<String> collect() {
        SortedSet<String> scopes = new TreeSet<>();
        for (Field field : Scopes.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                try {
                    scopes.add((String) field.get(null));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException("a public constant is readable", e);
                }
            }
        }
        return scopes;
    }
}

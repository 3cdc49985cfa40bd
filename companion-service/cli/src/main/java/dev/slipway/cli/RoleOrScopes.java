package dev.slipway.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What tokens that are made may do: what a role may, or scopes one by one. */
final class RoleOrScopes {
    /** The words that name roles, for the help of options. */
    static final String ROLES = "reader, builder, tester, signer, releaser, worker, auditor or admin.";

    @Option(names = "--role", paramLabel = "ROLE", description = ROLES)
    private @Nullable String role;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "What its tokens may do, instead of a role; may be repeated.")
    private List<String> scopes = new ArrayList<>();

    /** @throws CliException when both are given or neither */
    void check() {
        if ((role == null) == scopes.isEmpty()) {
            throw new CliException(ExitCode.USAGE, "give either --role or --scope");
        }
    }

    @Nullable
    String role() {
        return role;
    }

    /** The scopes; null when a role is given. */
    @Nullable
    List<String> scopes() {
        return scopes.isEmpty() ? null : scopes;
    }
}

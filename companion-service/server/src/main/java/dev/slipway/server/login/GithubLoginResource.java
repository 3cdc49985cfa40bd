package dev.slipway.server.login;

import dev.slipway.api.identity.LoginAnswer;
import dev.slipway.api.identity.LoginRequest;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.Violations;
import dev.slipway.server.http.Wrapped;
import dev.slipway.server.identity.Public;
import dev.slipway.server.identity.Visitor;
import dev.slipway.server.oauth.LoginTokens;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Login as the founding API has it: a program got a code from GitHub and hands it over. */
@Path("/api/v1/users/login/github")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class GithubLoginResource {
    private static final int LONGEST_CODE = 500;

    private final Transactions transactions;
    private final @Nullable GithubProvider github;
    private final LinkedAccounts accounts;
    private final LoginLog log;
    private final LoginTokens tokens;

    GithubLoginResource(
            Transactions transactions,
            @Nullable GithubProvider github,
            LinkedAccounts accounts,
            LoginLog log,
            LoginTokens tokens) {
        this.transactions = transactions;
        this.github = github;
        this.accounts = accounts;
        this.log = log;
        this.tokens = tokens;
    }

    @POST
    @Public
    public Response login(@Wrapped("user") LoginRequest request, @Context Visitor visitor) {
        GithubProvider provider = github;
        if (provider == null) {
            throw ProblemException.of(
                    "not-found",
                    404,
                    "Not found",
                    "this companion has no login by GitHub: github.client-id is not set");
        }
        String code = request.code();
        new Violations()
                .check(
                        !code.isBlank() && code.length() <= LONGEST_CODE,
                        "/code",
                        "must have 1 to " + LONGEST_CODE + " characters")
                .throwIfAny();
        Identity identity;
        try {
            identity = provider.identify(code);
        } catch (LoginRefusedException e) {
            log.refused(visitor, provider.name(), null, String.valueOf(e.getMessage()));
            throw Logins.refusal(String.valueOf(e.getMessage()), e.isKnown());
        } catch (IOException e) {
            throw Logins.away(provider, e);
        }
        LinkedAccounts.Account account = log.watched(
                visitor,
                identity,
                () -> transactions.call(session -> {
                    LinkedAccounts.Account found = accounts.ofPerson(session, identity);
                    log.letIn(session, visitor, found, identity, LoginLog.Means.TOKEN);
                    return found;
                }));
        LoginAnswer answer = LoginAnswers.of(account, tokens.login(account.id()));
        return Response.ok(answer).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}

package dev.slipway.server.identity;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.identity.User;
import dev.slipway.api.identity.UserPage;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.PageQuery;
import dev.slipway.server.http.ProblemException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** Accounts, as the founding API shows them: oneself, and everyone to those who may see everyone. */
@Path("/api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
public final class UsersResource {
    private final Transactions transactions;
    private final Users users;

    public UsersResource(Transactions transactions, Users users) {
        this.transactions = transactions;
        this.users = users;
    }

    @GET
    @Scope(Scopes.USERS_READ_SELF)
    public User self(@Context Caller caller) {
        return transactions
                .read(session -> users.find(session, caller.userId()))
                .orElseThrow(() -> ProblemException.notFound("user", caller.userId()));
    }

    @GET
    @Path("{all: all_user|all_users}")
    @Scope(Scopes.USERS_READ)
    public Response all(@BeanParam PageQuery page, @Context UriInfo uri) {
        if (page.isPaged()) {
            return transactions.read(session -> Response.ok(new UserPage(
                            users.page(session, page.offset(), page.limit()), users.count(session), page.number()))
                    .build());
        }
        List<User> found = transactions.read(session -> users.list(session, page.after(""), page.limit() + 1));
        return page.bare(found, uri, User::username);
    }
}

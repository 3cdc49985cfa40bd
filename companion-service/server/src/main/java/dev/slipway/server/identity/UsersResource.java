package dev.slipway.server.identity;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.identity.User;
import dev.slipway.api.identity.UserPage;
import dev.slipway.api.identity.UserUpdate;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ETags;
import dev.slipway.server.http.PageQuery;
import dev.slipway.server.http.ProblemException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accounts, as the founding API shows them: oneself, and everyone to those who may see everyone. */
@Path("/api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class UsersResource {
    private final Transactions transactions;
    private final Users users;
    private final Accounts accounts;

    public UsersResource(Transactions transactions, Users users, Accounts accounts) {
        this.transactions = transactions;
        this.users = users;
        this.accounts = accounts;
    }

    @GET
    @Scope(Scopes.USERS_READ_SELF)
    public User self(@Context Caller caller) {
        return transactions
                .read(session -> users.find(session, caller.userId()))
                .map(user -> shown(user, caller))
                .orElseThrow(() -> ProblemException.notFound("user", caller.userId()));
    }

    @GET
    @Path("{all: all_user|all_users}")
    @Scope(Scopes.USERS_READ)
    public Response all(
            @QueryParam("name") @Nullable String name,
            @BeanParam PageQuery page,
            @Context Caller caller,
            @Context UriInfo uri) {
        boolean manager = caller.may(Scopes.USERS_MANAGE);
        return transactions.read(session -> {
            List<User> found =
                    users.list(session, manager, name, page.after(""), page.offset(), page.fetchLimit()).stream()
                            .map(user -> shown(user, caller))
                            .toList();
            return page.answer(found, () -> users.count(session, manager, name), UserPage::new, uri, User::username);
        });
    }

    @GET
    @Path("{id}")
    @Scope(Scopes.USERS_READ)
    public Response get(@PathParam("id") long id, @Context Request request, @Context Caller caller) {
        User user = transactions
                .read(session -> users.find(session, id))
                .filter(found -> Boolean.TRUE.equals(found.active()) || caller.may(Scopes.USERS_MANAGE))
                .map(found -> shown(found, caller))
                .orElseThrow(() -> ProblemException.notFound("user", id));
        return ETags.answer(request, ETags.ofContent(user), user);
    }

    @PATCH
    @Path("{id}")
    @Scope(Scopes.USERS_MANAGE)
    public Response update(
            @PathParam("id") long id, UserUpdate update, @Context HttpHeaders headers, @Context Caller caller) {
        User user = transactions.call(session -> accounts.setActive(
                session,
                caller,
                id,
                update.active(),
                current -> ETags.requireContent(headers, () -> shown(current, caller))));
        return ETags.answer(ETags.ofContent(user), user);
    }

    /** Private data is for the user and for those who manage users. */
    private static User shown(User user, Caller caller) {
        if (caller.may(Scopes.USERS_MANAGE)) {
            return user;
        }
        return caller.seesPrivateDataOf(user.id())
                ? new User(user.id(), user.username(), user.email(), null, null)
                : user.withoutPrivateData();
    }
}

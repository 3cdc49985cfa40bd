package dev.slipway.server.identity;

import dev.slipway.api.identity.AuditEvent;
import dev.slipway.api.identity.AuditPage;
import dev.slipway.api.identity.Scopes;
import dev.slipway.api.problems.ProblemError;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.PageQuery;
import dev.slipway.server.http.ProblemException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Who changed what, for auditors. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {
    private final Transactions transactions;
    private final AuditTrail trail;

    public AuditResource(Transactions transactions, AuditTrail trail) {
        this.transactions = transactions;
        this.trail = trail;
    }

    @GET
    @Scope(Scopes.AUDIT_READ)
    public Response list(
            @BeanParam PageQuery page,
            @QueryParam("object_kind") @Nullable String kind,
            @QueryParam("object_id") @Nullable String id,
            @QueryParam("actor") @Nullable String actor,
            @QueryParam("action") @Nullable String action,
            @QueryParam("since") @Nullable String since,
            @QueryParam("until") @Nullable String until,
            @Context UriInfo uri) {
        AuditTrail.Filter filter =
                new AuditTrail.Filter(kind, id, actor, action, time("since", since), time("until", until));
        return transactions.read(session -> page.answer(
                trail.list(session, filter, page.afterId(Long.MAX_VALUE), page.offset(), page.fetchLimit()),
                () -> trail.count(session, filter),
                AuditPage::new,
                uri,
                AuditEvent::id));
    }

    /** Of years of four digits: the database knows no end of time like Java's. */
    private static @Nullable Instant time(String parameter, @Nullable String text) {
        try {
            if (text != null && !text.matches("[0-9]{4}-.*")) {
                throw new DateTimeParseException("not a year of four digits", text, 0);
            }
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            String message = "is a time in UTC such as 2026-01-31T12:00:00Z";
            throw ProblemException.badRequest(parameter + " " + message, new ProblemError(parameter, message));
        }
    }
}

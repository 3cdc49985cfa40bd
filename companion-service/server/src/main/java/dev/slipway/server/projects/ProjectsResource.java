package dev.slipway.server.projects;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.projects.Project;
import dev.slipway.api.projects.ProjectCatalogue;
import dev.slipway.api.projects.ProjectPage;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.PageQuery;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Scope;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import org.hibernate.StatelessSession;

/** Source repositories by catalogue. */
@Path("/api/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
public final class ProjectsResource {
    /** The founding document's, empty until they are given a source. */
    private static final Set<String> FOUNDING = Set.of("alma", "alma/modularity");

    private final Transactions transactions;

    public ProjectsResource(Transactions transactions) {
        this.transactions = transactions;
    }

    @GET
    @Scope(Scopes.PROJECTS_READ)
    public List<ProjectCatalogue> catalogues() {
        return transactions.read(ProjectRows::catalogues);
    }

    @GET
    @Path("{catalogue}")
    @Scope(Scopes.PROJECTS_READ)
    public Response projects(
            @PathParam("catalogue") String catalogue, @BeanParam PageQuery page, @Context UriInfo uri) {
        return list(catalogue, page, uri);
    }

    @GET
    @Path("{catalogue}/{part}")
    @Scope(Scopes.PROJECTS_READ)
    public Response part(
            @PathParam("catalogue") String catalogue,
            @PathParam("part") String part,
            @BeanParam PageQuery page,
            @Context UriInfo uri) {
        return list(catalogue + "/" + part, page, uri);
    }

    private Response list(String catalogue, PageQuery page, UriInfo uri) {
        return transactions.read(session -> {
            requireKnown(catalogue, session);
            return page.answer(
                    ProjectRows.projects(catalogue, page.after(""), page.offset(), page.fetchLimit(), session),
                    () -> ProjectRows.count(catalogue, session),
                    ProjectPage::new,
                    uri,
                    Project::name);
        });
    }

    private static void requireKnown(String catalogue, StatelessSession session) {
        if (!FOUNDING.contains(catalogue) && !ProjectRows.exists(catalogue, session)) {
            throw ProblemException.notFound("catalogue", catalogue);
        }
    }
}

package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.projects.Project;
import dev.slipway.api.projects.ProjectCatalogue;
import dev.slipway.api.projects.ProjectPage;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Source repositories by catalogue. */
public final class Projects {
    private static final int AT_ONCE = 200;

    private final Api api;

    Projects(Api api) {
        this.api = api;
    }

    public List<ProjectCatalogue> catalogues() throws IOException {
        return api.request("GET", "projects", "").as(new TypeReference<List<ProjectCatalogue>>() {});
    }

    /** All projects of a catalogue such as {@code alma} or {@code alma/modularity}, by name. */
    public List<Project> list(String catalogue) throws IOException {
        List<Project> found = new ArrayList<>();
        ProjectPage page;
        int number = 0;
        do {
            number++;
            page = page(catalogue, number);
            found.addAll(page.projects());
        } while (!page.projects().isEmpty() && found.size() < page.totalProjects());
        return found;
    }

    private ProjectPage page(String catalogue, int number) throws IOException {
        List<Object> segments = new ArrayList<>(List.of("projects"));
        segments.addAll(List.of(catalogue.split("/", 2)));
        return api.request("GET", segments.toArray())
                .query("page_number", number)
                .query("per_page", AT_ONCE)
                .as(ProjectPage.class);
    }
}

package dev.slipway.api.projects;

import dev.slipway.api.Copies;
import java.util.List;

/** A page of a catalogue, by name; {@code currentPage} counts from 1. */
public record ProjectPage(List<Project> projects, long totalProjects, int currentPage) {
    public ProjectPage {
        projects = Copies.list(projects);
    }
}

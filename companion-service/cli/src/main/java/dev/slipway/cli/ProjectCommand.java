package dev.slipway.cli;

import dev.slipway.api.projects.Project;
import dev.slipway.api.projects.ProjectCatalogue;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "project",
        mixinStandardHelpOptions = true,
        description = "Shows the source repositories of the companion's catalogues.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Examples:", "  slipway project catalogues", "  slipway project list alma/modularity"},
        subcommands = {ProjectCommand.Catalogues.class, ProjectCommand.ListAll.class})
final class ProjectCommand {
    private ProjectCommand() {}

    @Command(
            name = "catalogues",
            mixinStandardHelpOptions = true,
            description = "Lists the catalogues and how reading them went.")
    static final class Catalogues extends RemoteCommand {
        @Override
        public Integer call() throws IOException {
            List<ProjectCatalogue> found = client().projects().catalogues();
            output.json(found);
            Table table = new Table("CATALOGUE", "PROJECTS", "FAILING", "READ", "SOURCE", "ERROR");
            for (ProjectCatalogue each : found) {
                table.row(
                        each.name(),
                        each.projects(),
                        each.failing(),
                        each.readAt() == null ? "never" : each.readAt(),
                        each.source(),
                        Objects.requireNonNullElse(each.error(), ""));
            }
            output.result(table);
            return ExitCode.OK;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the projects of a catalogue by name.")
    static final class ListAll extends RemoteCommand {
        @Parameters(
                paramLabel = "CATALOGUE",
                defaultValue = "alma",
                description = "Such as alma or alma/modularity. Default: ${DEFAULT-VALUE}.")
        private String catalogue = "alma";

        @Override
        public Integer call() throws IOException {
            List<Project> found = client().projects().list(catalogue);
            output.json(found);
            Table table = new Table("NAME", "BRANCHES", "TAGS", "URL", "ERROR");
            for (Project each : found) {
                table.row(
                        each.name(),
                        each.branches().size(),
                        each.tags().size(),
                        each.cloneUrl(),
                        Objects.requireNonNullElse(each.error(), ""));
            }
            output.result(table);
            return ExitCode.OK;
        }
    }
}

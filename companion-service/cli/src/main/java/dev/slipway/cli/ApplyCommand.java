package dev.slipway.cli;

import dev.slipway.cli.apply.Applier;
import dev.slipway.cli.apply.Declaration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Creates or updates the platforms, repositories, sign keys and distributions that files name,",
            "and leaves everything else alone."
        },
        footer = {"", "Examples:", "  slipway apply platforms.yaml keys.yaml"})
final class ApplyCommand extends RemoteCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "YAML files; see the user guide for their form.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        List<Declaration> declarations = new ArrayList<>();
        for (Path file : files) {
            declarations.add(Declaration.read(file));
        }
        Applier applier = new Applier(client());
        List<Applier.Change> changes = new ArrayList<>();
        boolean done = false;
        try {
            for (Declaration declaration : declarations) {
                applier.apply(declaration, changes::add);
            }
            done = true;
        } finally {
            // what was done before a refusal stays done
            if (done || !changes.isEmpty()) {
                show(changes);
            }
        }
        return ExitCode.OK;
    }

    private void show(List<Applier.Change> changes) throws IOException {
        output.json(changes);
        Table table = new Table("KIND", "NAME", "WHAT");
        changes.forEach(c -> table.row(c.kind(), c.name(), c.what()));
        output.result(table);
    }
}

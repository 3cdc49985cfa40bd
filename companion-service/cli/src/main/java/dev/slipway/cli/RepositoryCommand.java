package dev.slipway.cli;

import dev.slipway.api.repositories.Repository;
import dev.slipway.api.repositories.RepositoryChange;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.http.Uploads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "repository",
        mixinStandardHelpOptions = true,
        description = "Lists repositories, and puts packages that were built elsewhere into hosted ones.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  slipway repository list --distribution harbour",
            "  slipway repository upload tools build/*.rpm",
            "  slipway repository upload debs hello_2.10-3_amd64.deb hello_2.10-3.dsc hello_2.10.orig.tar.gz \\",
            "      hello_2.10-3.debian.tar.xz"
        },
        subcommands = {RepositoryCommand.ListAll.class, RepositoryCommand.Upload.class})
final class RepositoryCommand {
    private RepositoryCommand() {}

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists repositories by their age.")
    static final class ListAll extends RemoteCommand {
        @Option(names = "--name", paramLabel = "NAME", description = "Only of this name.")
        private @Nullable String name;

        @Option(names = "--distribution", paramLabel = "NAME", description = "Only those of a distribution.")
        private @Nullable String distribution;

        @Option(names = "--kind", paramLabel = "KIND", description = "Only remote, hosted, build or distribution ones.")
        private @Nullable String kind;

        @Override
        public Integer call() throws IOException {
            Map<String, @Nullable Object> filter = new LinkedHashMap<>();
            filter.put("name", name);
            filter.put("distribution", distribution);
            filter.put("kind", kind);
            filter.values().removeIf(Objects::isNull);
            List<Repository> found = client().repositories().list(filter);
            output.json(found);
            Table table = new Table("ID", "NAME", "ARCH", "TYPE", "KIND", "VERSION", "URL");
            for (Repository r : found) {
                table.row(
                        r.id(),
                        r.name() + (r.debug() ? " (debug)" : ""),
                        r.arch(),
                        r.type(),
                        r.kind(),
                        r.version(),
                        r.url());
            }
            output.result(table);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "upload",
            mixinStandardHelpOptions = true,
            description = "Puts package files into a hosted repository, all as one new version.")
    static final class Upload extends RemoteCommand {
        @Parameters(index = "0", paramLabel = "REPOSITORY", description = "The hosted repository's name, or its id.")
        private String repository = "";

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "FILE",
                description = "Packages: .rpm, .deb, .dsc; beside a .dsc also the files that it names.")
        private List<Path> files = new ArrayList<>();

        @Option(names = "--reason", paramLabel = "TEXT", description = "Kept with the version.")
        private @Nullable String reason;

        @Override
        public Integer call() throws IOException {
            SlipwayClient client = client();
            Repository target = find(client);
            List<RepositoryChange.UploadedFile> uploaded = new ArrayList<>();
            for (Path file : files) {
                output.say("uploading " + file + ", " + Files.size(file) + " bytes");
                String sha256 = Uploads.sha256(file);
                client.blobs().put(sha256, file, sha256);
                uploaded.add(new RepositoryChange.UploadedFile(String.valueOf(file.getFileName()), sha256));
            }
            Repository changed;
            try {
                changed = client.repositories().change(target.id(), new RepositoryChange(null, uploaded, null, reason));
            } finally {
                // the packages keep the bytes; without packages nobody needs them
                for (RepositoryChange.UploadedFile file : uploaded) {
                    client.blobs().delete(file.sha256());
                }
            }
            output.json(changed);
            output.result(changed.name() + " is at version " + changed.version() + ": " + changed.url());
            return ExitCode.OK;
        }

        private Repository find(SlipwayClient client) throws IOException {
            if (repository.matches("[0-9]+")) {
                Repository byId = client.repositories().get(Long.parseLong(repository));
                if (byId != null) {
                    return byId;
                }
            }
            List<Repository> named = client.repositories().list(Map.of("name", repository, "kind", "hosted"));
            if (named.size() != 1) {
                throw new CliException(
                        ExitCode.USAGE,
                        named.isEmpty()
                                ? "no hosted repository is called " + repository
                                : named.size() + " hosted repositories are called " + repository
                                        + ": give the id of the one that is meant");
            }
            return named.get(0);
        }
    }
}

package dev.slipway.cli;

import dev.slipway.packages.openpgp.GeneratedKey;
import dev.slipway.packages.openpgp.KeyGenerator;
import dev.slipway.packages.openpgp.KeyRequest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description = "Makes OpenPGP keys for signing packages and metadata.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  slipway key generate --user 'Release 2027 <release@example.org>' --secret release.asc \\",
            "      --public release.public.asc --passphrase-file release.pass"
        },
        subcommands = KeyCommand.Generate.class)
final class KeyCommand {
    private KeyCommand() {}

    @Command(
            name = "generate",
            mixinStandardHelpOptions = true,
            description = "Makes a key pair: the secret half for sign workers, the public half for the companion.")
    static final class Generate implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--user", required = true, paramLabel = "NAME", description = "The key's user id.")
        private String user = "";

        @Option(
                names = "--kind",
                defaultValue = "RSA_4096",
                description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
        private KeyRequest.Kind kind = KeyRequest.Kind.RSA_4096;

        @Option(names = "--days", paramLabel = "N", description = "How long it may sign; for ever when absent.")
        private @Nullable Integer days;

        @Option(names = "--subkey", description = "Let a subkey sign, so that the primary key can be kept elsewhere.")
        private boolean subkey;

        @Option(
                names = "--secret",
                required = true,
                paramLabel = "FILE",
                description = "Where the secret half goes; must not exist.")
        private Path secret = Path.of("");

        @Option(
                names = "--public",
                required = true,
                paramLabel = "FILE",
                description = "Where the public half goes; must not exist.")
        private Path certificate = Path.of("");

        @Option(
                names = "--passphrase-file",
                paramLabel = "FILE",
                description = "Holds the passphrase to lock the secret half with.")
        private @Nullable Path passphraseFile;

        @Override
        public Integer call() throws IOException {
            char[] passphrase = Passphrase.read(passphraseFile);
            GeneratedKey key;
            try {
                key = new KeyGenerator(new SecureRandom(), Clock.systemUTC())
                        .generate(
                                new KeyRequest(user, kind, days == null ? null : Duration.ofDays(days), subkey),
                                passphrase);
            } finally {
                Arrays.fill(passphrase, '\0');
            }
            PrivateFile.create(secret);
            try {
                Files.createFile(certificate);
            } catch (FileAlreadyExistsException e) {
                throw new CliException(ExitCode.LOCAL, e.getFile() + " exists already; choose another name");
            }
            Files.write(secret, key.armoredSecret());
            Files.writeString(certificate, key.certificate().armored());
            spec.commandLine().getOut().println(key.certificate().fingerprint());
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }
    }
}

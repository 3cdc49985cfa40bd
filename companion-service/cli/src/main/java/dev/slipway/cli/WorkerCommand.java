package dev.slipway.cli;

import dev.slipway.client.SlipwayClient;
import dev.slipway.worker.engine.BuildEngine;
import dev.slipway.worker.engine.EngineConfig;
import dev.slipway.worker.runtime.Worker;
import dev.slipway.worker.runtime.WorkerConfig;
import dev.slipway.worker.signing.GpgSigner;
import dev.slipway.worker.signing.KeyFileSigner;
import dev.slipway.worker.signing.PayloadSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description = {
            "Claims tasks from a companion and does them in clean roots, until stopped.",
            "Runs as root, or as an ordinary user with a range of subordinate ids."
        },
        footer = {
            "",
            "Examples:",
            "  slipway worker",
            "  slipway worker --kinds build --arches x86_64,src --parallel 4 --url https://slipway.example",
            "  slipway worker --kinds sign --sign-key release.asc --passphrase-file release.pass",
            "  slipway worker --kinds sign --gpg-key 9F2C6B1A04D7E855"
        })
final class WorkerCommand implements Callable<Integer> {
    private static final int LARGEST_SOURCE_MB = 2048;
    /** Whoever ends a worker, such as a step of Jenkins, waits a little longer than this. */
    private static final int LONGEST_STOP_SECONDS = 10;

    @Mixin
    private final Connection connection = new Connection();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Known to the companion by it; the host's name when absent.")
    private @Nullable String name;

    @Option(
            names = "--kinds",
            split = ",",
            paramLabel = "KIND",
            description = "Of build, test, sign. Default: build and test, and sign with a sign key.")
    private @Nullable Set<String> kinds;

    @Option(
            names = "--arches",
            split = ",",
            paramLabel = "ARCH",
            description = "In the formats' words, src for source packages. Default: this machine's.")
    private @Nullable List<String> arches;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many tasks at once; ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where roots and running tasks are kept. Default: var/worker.")
    private @Nullable Path home;

    @Option(names = "--sign-key", paramLabel = "FILE", description = "An OpenPGP secret key file to sign with.")
    private @Nullable Path signKey;

    @Option(names = "--passphrase-file", paramLabel = "FILE", description = "Holds the passphrase of the key.")
    private @Nullable Path passphraseFile;

    @Option(
            names = "--gpg-key",
            paramLabel = "FINGERPRINT",
            description = "A key of gpg's to sign with, also on a card.")
    private @Nullable String gpgKey;

    @Option(names = "--gpg-home", paramLabel = "DIR", description = "gpg's home directory.")
    private @Nullable Path gpgHome;

    @Option(names = "--local-sources", description = "Allow sources by file: addresses on this machine.")
    private boolean localSources;

    @Option(names = "--until-idle", description = "End when there is nothing to do.")
    private boolean untilIdle;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<PayloadSigner> signers = signers();
        Set<String> offered =
                kinds != null ? kinds : signers.isEmpty() ? Set.of("build", "test") : Set.of("build", "test", "sign");
        Path directory = home != null ? home : Var.directory().resolve("worker");
        Files.createDirectories(directory);
        WorkerConfig config = new WorkerConfig(
                name != null ? name : InetAddress.getLocalHost().getHostName(),
                offered,
                arches != null ? arches : machineArches(),
                signers,
                parallel,
                directory.toAbsolutePath(),
                untilIdle,
                Version.number());
        SlipwayClient client = new SlipwayClient(connection.open());
        CountDownLatch over = new CountDownLatch(1);
        // A worker that only signs needs none of the tools that builds and tests need.
        boolean signsOnly = offered.equals(Set.of("sign"));
        try (BuildEngine engine = signsOnly
                        ? null
                        : BuildEngine.open(new EngineConfig(directory, localSources, LARGEST_SOURCE_MB));
                Worker worker = new Worker(config, client, engine)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker, over)));
            int done = worker.run();
            if (untilIdle) {
                System.err.println("slipway: " + done + " tasks done, nothing left");
            }
            return ExitCode.OK;
        } finally {
            over.countDown();
        }
    }

    /** Waits for the end of the work, not for that of its thread: that one waits for the end of the program. */
    private static void stop(Worker worker, CountDownLatch over) {
        worker.close();
        try {
            if (!over.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("slipway: what ran did not end within " + LONGEST_STOP_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<PayloadSigner> signers() throws IOException {
        List<PayloadSigner> signers = new ArrayList<>();
        if (signKey != null) {
            char[] passphrase = Passphrase.read(passphraseFile);
            try {
                signers.add(KeyFileSigner.open(signKey, passphrase, Clock.systemUTC()));
            } finally {
                Arrays.fill(passphrase, '\0');
            }
        }
        if (gpgKey != null) {
            signers.add(GpgSigner.open(gpgKey, gpgHome, signKey == null ? passphraseFile : null));
        }
        return signers;
    }

    private static List<String> machineArches() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> List.of("x86_64", "amd64", "src");
            case "aarch64", "arm64" -> List.of("aarch64", "arm64", "src");
            default -> List.of(System.getProperty("os.arch"), "src");
        };
    }
}

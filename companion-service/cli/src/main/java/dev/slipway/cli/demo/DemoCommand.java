package dev.slipway.cli.demo;

import dev.slipway.api.identity.Role;
import dev.slipway.api.identity.TokenRequest;
import dev.slipway.cli.ChildProcess;
import dev.slipway.cli.ExitCode;
import dev.slipway.cli.Poll;
import dev.slipway.cli.PrivateFile;
import dev.slipway.cli.Var;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.auth.TokenSource;
import dev.slipway.client.http.Api;
import dev.slipway.client.http.Pause;
import dev.slipway.client.http.RetryPolicy;
import dev.slipway.worker.engine.BuildEngine;
import dev.slipway.worker.engine.EngineConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the whole journey on this machine: builds four sources for an RPM and a DEB platform, tests, signs,",
            "composes, releases, installs with dnf and apt, has tampering refused, and undoes the releases."
        },
        footer = {"", "Examples:", "  slipway demo", "  slipway demo --keep"})
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--keep", description = "Leave the companion and the worker running, and print how to reach them.")
    private boolean keep;

    private @Nullable ChildProcess companion;
    private @Nullable ChildProcess worker;
    private String url = "";

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Steps steps = new Steps(out, System.console() != null && System.getenv("NO_COLOR") == null);
        Path var = Var.directory().resolve("demo");
        Path scratch = Files.createDirectories(var.resolve("scratch"));
        List<String> notes = new ArrayList<>();
        boolean held = false;
        try {
            DemoSources sources = new DemoSources(var.resolve("sources"));
            steps.step("sources and a key prepared", () -> {
                sources.prepare();
                return "4 sources, key " + DemoKey.prepare(var.resolve("keys")).keyId();
            });
            DemoKey key = DemoKey.prepare(var.resolve("keys"));
            steps.step("companion and worker started", () -> start(var, key));
            SlipwayClient client = client(var);
            EngineConfig engineHome = new EngineConfig(var.resolve("worker"), true, 2048);
            Path declaration = scratch.resolve("demo.yaml");
            try (InputStream in = DemoCommand.class.getResourceAsStream("demo.yaml")) {
                if (in == null) {
                    throw new IOException("the program was packed without the demo");
                }
                Files.copy(in, declaration, StandardCopyOption.REPLACE_EXISTING);
            }
            try (BuildEngine engine = BuildEngine.open(engineHome)) {
                Demo demo = new Demo(steps, client, sources, key, engine, declaration, scratch);
                demo.run();
                notes.addAll(demo.notes(url));
            }
            held = true;
        } catch (StepFailedException e) {
            notes.add("FAILED: " + e.getMessage());
            notes.add("logs: " + var.resolve("companion.log") + ", " + var.resolve("worker.log"));
        } finally {
            if (keep && held) {
                notes.add("token       " + var.resolve("companion/bootstrap-token"));
                notes.add("stop with   kill " + pid(worker) + " " + pid(companion));
            } else {
                close(worker);
                close(companion);
            }
            steps.summary(notes);
        }
        return held ? ExitCode.OK : ExitCode.FAILED;
    }

    private String start(Path var, DemoKey key) throws IOException, InterruptedException {
        Path companionVar = Files.createDirectories(var.resolve("companion"));
        Path urlFile = companionVar.resolve("url");
        Files.deleteIfExists(urlFile);
        Map<String, String> environment = Map.of("SLIPWAY_VAR", companionVar.toString());
        ChildProcess first = ChildProcess.start(
                "companion", var.resolve("companion.log"), environment, List.of("server", "--listen", "127.0.0.1:0"));
        companion = first;
        url = Poll.until(
                () -> {
                    first.checkAlive();
                    return Files.exists(urlFile) ? Files.readString(urlFile).strip() : "";
                },
                seen -> !seen.isEmpty());
        Path workerToken = var.resolve("worker-token");
        PrivateFile.replace(workerToken, workerToken(var));
        worker = ChildProcess.start(
                "worker",
                var.resolve("worker.log"),
                environment,
                List.of(
                        "worker",
                        "--url",
                        url,
                        "--token-file",
                        workerToken.toString(),
                        "--name",
                        "demo",
                        "--kinds",
                        "build,test,sign",
                        "--parallel",
                        "2",
                        "--local-sources",
                        "--home",
                        var.resolve("worker").toString(),
                        "--sign-key",
                        key.secret().toString(),
                        "--passphrase-file",
                        key.passphrase().toString()));
        return url;
    }

    /** A worker gets a token that can do a worker's work and nothing else. */
    private String workerToken(Path var) throws IOException {
        return Objects.requireNonNull(client(var)
                .tokens()
                .create(new TokenRequest("demo worker", null, Role.WORKER.word(), 86_400L, "demo-worker"))
                .token());
    }

    private SlipwayClient client(Path var) throws IOException {
        String token =
                Files.readString(var.resolve("companion/bootstrap-token")).strip();
        return new SlipwayClient(new Api(
                Api.defaults(new OkHttpClient.Builder()).build(),
                url,
                TokenSource.fixed(token),
                RetryPolicy.standard(),
                Pause.sleeping()));
    }

    private static String pid(@Nullable ChildProcess child) {
        return child == null ? "" : Long.toString(child.pid());
    }

    private static void close(@Nullable ChildProcess child) {
        if (child != null) {
            child.close();
        }
    }
}

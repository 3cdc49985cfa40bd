package dev.slipway.cli;

import dev.slipway.api.signing.SignKey;
import dev.slipway.api.signing.SignTask;
import dev.slipway.api.signing.SignTaskRequest;
import dev.slipway.client.SlipwayClient;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        description = "Has a build's packages signed by a worker that holds the key, and waits.",
        footer = {"", "Examples:", "  slipway sign --key release-2026 812", "  slipway sign --key 9F2C6B1A04D7E855 812"
        })
final class SignCommand extends RemoteCommand {
    private static final int COMPLETED = 3;
    private static final int FAILED = 4;

    @Option(
            names = {"-k", "--key"},
            required = true,
            paramLabel = "KEY",
            description = "The sign key's name or key id.")
    private String key = "";

    @Option(
            names = "--without-tests",
            paramLabel = "REASON",
            description = "Sign although the platform asks for passed tests and some are missing; the audit keeps why.")
    private @Nullable String withoutTests;

    @Option(names = "--no-wait", description = "Return as soon as the task exists.")
    private boolean noWait;

    @Parameters(paramLabel = "BUILD", description = "The build's id.")
    private long build;

    @Override
    public Integer call() throws IOException, InterruptedException {
        SlipwayClient client = client();
        SignTask task = client.signing()
                .sign(new SignTaskRequest(build, find(client, key).id(), withoutTests));
        output.say("sign task " + task.id() + ": " + task.payloadCount() + " pieces to sign with "
                + task.signKey().keyid());
        if (!noWait) {
            long id = task.id();
            task = Waiting.until(
                    () -> client.signing().tasks(build).stream()
                            .filter(t -> t.id() == id)
                            .findFirst()
                            .orElseThrow(() -> new CliException(ExitCode.REFUSED, "sign task " + id + " is gone")),
                    seen -> seen.status() >= COMPLETED,
                    output);
        }
        output.json(task);
        if (task.status() >= FAILED) {
            throw new CliException(ExitCode.FAILED, "signing build " + build + " failed: " + task.errorMessage());
        }
        output.result("build " + build + ": " + task.signedCount() + " of " + task.payloadCount() + " signed with "
                + task.signKey().fingerprint());
        return ExitCode.OK;
    }

    private static SignKey find(SlipwayClient client, String wanted) throws IOException {
        String id = wanted.toUpperCase(Locale.ROOT);
        return client.signing().keys().stream()
                .filter(k -> k.name().equals(wanted)
                        || k.keyid().equals(id)
                        || k.fingerprint().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new CliException(ExitCode.REFUSED, "the companion knows no sign key '" + wanted + "'"));
    }
}

package dev.slipway.worker.apt;

import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.JobFailure;
import dev.slipway.worker.jobs.RepositorySpec;
import dev.slipway.worker.results.LogDiagnosis;
import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.sandbox.Sandbox;
import dev.slipway.worker.tools.Exit;
import dev.slipway.worker.tools.LogSink;
import dev.slipway.worker.tools.Scripts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The apt of a sandbox's root. Each repository's signatures are checked with its own pinned key alone; a repository that
 * can't be reached is an error, never a warning.
 */
public final class Apt {
    /** Repositories before this priority win over the others whatever the versions. */
    private static final int PREFERRED = 50;

    private static final Path CERTIFICATES = Path.of("/etc/ssl/certs/ca-certificates.crt");
    private static final String CERTIFICATES_BIND = "slipway/certificates.crt";

    private final Sandbox sandbox;
    private final Path setup;
    private final List<RepositorySpec> repositories;
    private final Map<String, Path> binds = new LinkedHashMap<>();
    private boolean refreshed;

    private Apt(Sandbox sandbox, Path setup, List<RepositorySpec> repositories) {
        this.sandbox = sandbox;
        this.setup = setup;
        this.repositories = repositories;
    }

    /**
     * Makes the repositories known to the root's apt.
     *
     * @throws JobFailure when one can't be used
     */
    public static Apt configure(Sandbox sandbox, Scripts scripts, List<RepositorySpec> repositories) {
        Apt apt = new Apt(sandbox, scripts.file(Apt.class, "setup.sh"), repositories);
        apt.setUp();
        return apt;
    }

    /**
     * Runs apt-get with network, as root. When it fails, as it does when the root's lists are older than its distribution's
     * mirror, all lists are fetched again and it is tried once more.
     */
    public Exit run(List<String> arguments) {
        return run(arguments, sandbox.log());
    }

    /** As {@link #run(List)}, with the output elsewhere. */
    public Exit run(List<String> arguments, LogSink log) {
        Exit exit = sandbox.run(command(arguments), log);
        if (exit.ok() || refreshed) {
            return exit;
        }
        refreshed = true;
        sandbox.log().line("Fetching the lists of all repositories");
        if (!sandbox.run(command(List.of("update"))).ok()) {
            return exit;
        }
        return sandbox.run(command(arguments), log);
    }

    private Phase command(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of("apt-get", "-q", "-y", "--no-install-recommends"));
        line.addAll(arguments);
        return networked(line);
    }

    private Phase networked(List<String> line) {
        Phase phase = Phase.root(line).withNetwork().binding(binds);
        return binds.containsKey(CERTIFICATES_BIND)
                ? phase.with(Map.of("APT_CONFIG", "/slipway/in/certificates.conf"))
                : phase;
    }

    private void setUp() {
        if (Files.exists(CERTIFICATES)) {
            binds.put(CERTIFICATES_BIND, CERTIFICATES);
        }
        StringBuilder sources = new StringBuilder();
        List<String> line = new ArrayList<>(List.of("sh", "/slipway/setup.sh"));
        for (RepositorySpec repository : repositories) {
            sources.append(stanza(repository, sources.length()));
            if (repository.priority() < PREFERRED) {
                line.add(directory(repository.url()));
            }
        }
        sandbox.give("slipway.sources", sources.toString());
        sandbox.give("certificates.conf", "Acquire::https::CAInfo \"/slipway/certificates.crt\";\n");
        Phase phase = networked(line).binding(Map.of("slipway/setup.sh", setup));
        LogDiagnosis diagnosis = new LogDiagnosis(sandbox.log());
        if (!sandbox.run(phase, diagnosis).ok()) {
            String why = diagnosis
                    .foundOr(Code.REPO, "apt could not read the repositories: see the log")
                    .message();
            throw JobFailure.error(Code.REPO, why);
        }
    }

    private String stanza(RepositorySpec repository, int number) {
        String suite = repository.suite();
        if (suite == null || suite.isBlank()) {
            throw JobFailure.error(Code.INVALID_JOB, "repository " + repository.name() + " names no suite");
        }
        String check = "Trusted: yes";
        if (!repository.trusted()) {
            String key = repository.key();
            if (key == null) {
                throw JobFailure.error(
                        Code.INVALID_JOB, "repository " + repository.name() + " is neither trusted nor has it a key");
            }
            sandbox.give("key-" + number + ".asc", key);
            check = "Signed-By: /slipway/in/key-" + number + ".asc";
        }
        if (repository.url().startsWith("file:")) {
            Path path = Path.of(URI.create(repository.url())).normalize();
            binds.put(path.toString().substring(1), path);
        }
        String components =
                suite.endsWith("/") ? "" : "Components: " + String.join(" ", repository.components()) + "\n";
        return "Types: deb\nURIs: " + directory(repository.url()) + "\nSuites: " + suite + "\n" + components + check
                + "\n\n";
    }

    private static String directory(String url) {
        return url.endsWith("/") ? url : url + "/";
    }
}

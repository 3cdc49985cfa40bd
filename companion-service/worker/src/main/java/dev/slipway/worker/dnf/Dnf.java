package dev.slipway.worker.dnf;

import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The host's dnf, working on a sandbox's root. All its files are the sandbox's own: neither configuration, repositories,
 * caches nor plugins of the host take part. Keys are pinned files, so that no key is accepted on first use.
 */
public final class Dnf {
    private static final String HOME = "/scratch/dnf";

    private final Map<String, Path> binds = new LinkedHashMap<>();
    private final String releasever;
    private final String arch;

    private Dnf(String releasever, String arch) {
        this.releasever = releasever;
        this.arch = arch;
    }

    /**
     * Writes dnf's configuration to the sandbox's scratch directory.
     *
     * @param releasever value of {@code $releasever}
     * @param arch of the packages to install
     */
    public static Dnf configure(Sandbox sandbox, List<DnfRepository> repositories, String releasever, String arch) {
        Dnf dnf = new Dnf(releasever, arch);
        try {
            dnf.write(sandbox.scratch(), repositories);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write dnf's configuration", e);
        }
        return dnf;
    }

    /** The given dnf command with network, as root. */
    public Phase command(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(
                "dnf",
                "-y",
                "-c",
                HOME + "/dnf.conf",
                "--installroot=/target",
                "--releasever=" + releasever,
                "--forcearch=" + arch));
        line.addAll(arguments);
        return Phase.tools(line).with(Map.of("HOME", HOME)).withNetwork().binding(binds);
    }

    private void write(Path scratch, List<DnfRepository> repositories) throws IOException {
        Path home = Files.createDirectories(scratch.resolve("dnf"));
        for (String part : List.of("repos.d", "vars", "plugins", "keys", "empty")) {
            Files.createDirectories(home.resolve(part));
        }
        // dnf has no --define; Debian's rpm would put the database into the home directory.
        Files.writeString(home.resolve(".rpmmacros"), "%_dbpath /var/lib/rpm\n");
        // This plugin refuses to run without its own configuration beside others'.
        Files.writeString(home.resolve("plugins/versionlock.conf"), "[main]\nenabled=0\n");
        Files.writeString(home.resolve("dnf.conf"), configuration());
        StringBuilder repos = new StringBuilder();
        for (DnfRepository repository : repositories) {
            repos.append(section(home, repository, repos.length()));
        }
        Files.writeString(home.resolve("repos.d/slipway.repo"), repos);
    }

    private static String configuration() {
        return """
                [main]
                gpgcheck=1
                repo_gpgcheck=1
                localpkg_gpgcheck=0
                install_weak_deps=0
                best=1
                keepcache=0
                retries=3
                timeout=30
                skip_if_unavailable=0
                zchunk=0
                reposdir=HOME/repos.d
                varsdir=HOME/vars
                plugins=1
                pluginconfpath=HOME/plugins
                cachedir=HOME/cache
                persistdir=HOME/persist
                logdir=HOME/log
                """.replace("HOME", HOME);
    }

    private String section(Path home, DnfRepository repository, int number) throws IOException {
        String check = "gpgcheck=0\nrepo_gpgcheck=0\n";
        String key = repository.key();
        if (key != null) {
            String file = "keys/" + number + ".asc";
            Files.writeString(home.resolve(file), key);
            check = "gpgcheck=1\nrepo_gpgcheck=1\ngpgkey=file://" + HOME + "/" + file + "\n";
        }
        if (repository.url().startsWith("file:")) {
            Path path = Path.of(URI.create(repository.url())).normalize();
            binds.put(path.toString().substring(1), path);
        }
        return "[" + repository.name() + "]\nname=" + repository.name() + "\nbaseurl=" + repository.url()
                + "\nenabled=1\nmetadata_expire=0\npriority=" + repository.priority() + "\n" + check;
    }
}

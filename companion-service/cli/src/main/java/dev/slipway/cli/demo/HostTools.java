package dev.slipway.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** This machine's dnf and apt with configurations of their own, so that nothing of the machine is read or changed. */
final class HostTools {
    private HostTools() {}

    /** The names of the packages in an rpm repository whose metadata is signed with the pinned certificate. */
    static Set<String> dnfNames(Path own, String url, String certificate) throws IOException, InterruptedException {
        Path key = Files.writeString(own.resolve("key.asc"), certificate);
        for (String folder : List.of("repos.d", "vars", "plugins", "root")) {
            Files.createDirectories(own.resolve(folder));
        }
        Files.writeString(own.resolve("repos.d/compose.repo"), """
                [compose]
                name=compose
                baseurl=%s
                enabled=1
                gpgcheck=1
                repo_gpgcheck=1
                gpgkey=%s
                """.formatted(url, key.toUri()));
        Path configuration = Files.writeString(own.resolve("dnf.conf"), """
                [main]
                gpgcheck=1
                plugins=0
                reposdir=%1$s/repos.d
                varsdir=%1$s/vars
                cachedir=%1$s/cache
                persistdir=%1$s/persist
                logdir=%1$s/log
                """.formatted(own));
        return lines(
                own,
                List.of(
                        "dnf",
                        "-q",
                        "-y",
                        "-c",
                        configuration.toString(),
                        "--installroot=" + own.resolve("root"),
                        "--releasever=9",
                        "repoquery",
                        "--qf",
                        "%{name}"));
    }

    /** The names of the packages in an apt repository whose metadata is signed with the pinned certificate. */
    static Set<String> aptNames(Path own, String url, String suite, String certificate)
            throws IOException, InterruptedException {
        Path key = Files.writeString(own.resolve("key.asc"), certificate);
        for (String folder : List.of("lists/partial", "cache/archives/partial", "parts", "preferences")) {
            Files.createDirectories(own.resolve(folder));
        }
        Files.writeString(own.resolve("status"), "");
        Files.writeString(
                own.resolve("parts/compose.sources"),
                "Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n".formatted(url, suite, key));
        List<String> options = List.of(
                "-o",
                "Dir::Etc::sourcelist=/dev/null",
                "-o",
                "Dir::Etc::sourceparts=" + own.resolve("parts"),
                "-o",
                "Dir::Etc::preferencesparts=" + own.resolve("preferences"),
                "-o",
                "Dir::State::lists=" + own.resolve("lists"),
                "-o",
                "Dir::State::status=" + own.resolve("status"),
                "-o",
                "Dir::Cache=" + own.resolve("cache"),
                "-o",
                "APT::Architecture=amd64",
                "-o",
                "APT::Sandbox::User=root",
                "-o",
                "APT::Update::Error-Mode=any",
                "-o",
                "Acquire::Check-Valid-Until=true");
        List<String> update = new ArrayList<>(List.of("apt-get", "-q"));
        update.addAll(options);
        update.add("update");
        lines(own, update);
        List<String> names = new ArrayList<>(List.of("apt-cache"));
        names.addAll(options);
        names.add("pkgnames");
        return lines(own, names);
    }

    private static Set<String> lines(Path own, List<String> command) throws IOException, InterruptedException {
        Path errors = own.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectError(errors.toFile());
        builder.environment().put("HOME", own.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            String why = Files.readString(errors).lines().reduce((a, b) -> b).orElse("no reason given");
            throw new IOException(command.get(0) + " refused the repository: " + why);
        }
        Set<String> names = new TreeSet<>();
        output.lines().map(String::strip).filter(l -> !l.isEmpty()).forEach(names::add);
        return names;
    }
}

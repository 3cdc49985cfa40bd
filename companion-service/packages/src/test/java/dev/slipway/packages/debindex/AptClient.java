package dev.slipway.packages.debindex;

import dev.slipway.packages.fixtures.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real apt-get with a state, a cache and a configuration of its own; the host's are not touched. */
final class AptClient {

    private final Path home;

    AptClient(Path home, String uri, String suite, byte[] certificate) throws IOException {
        this.home = home;
        for (var directory : new String[] {"state/lists/partial", "cache/archives/partial", "etc", "work"}) {
            Files.createDirectories(home.resolve(directory));
        }
        Files.write(home.resolve("etc/status"), new byte[0]);
        Files.write(home.resolve("etc/key.asc"), certificate);
        Files.writeString(home.resolve("etc/slipway.sources"), """
                Types: deb deb-src
                URIs: %s
                Suites: %s
                Components: main
                Signed-By: %s
                """.formatted(uri, suite, home.resolve("etc/key.asc")));
        Files.writeString(home.resolve("apt.conf"), """
                Dir::State "%1$s/state";
                Dir::State::status "%1$s/etc/status";
                Dir::Cache "%1$s/cache";
                Dir::Log "%1$s";
                Dir::Etc::main "/dev/null";
                Dir::Etc::parts "/dev/null";
                Dir::Etc::preferences "/dev/null";
                Dir::Etc::preferencesparts "/dev/null";
                Dir::Etc::trusted "/dev/null";
                Dir::Etc::trustedparts "/dev/null";
                Dir::Etc::sourcelist "%1$s/etc/slipway.sources";
                Dir::Etc::sourceparts "/dev/null";
                Dir::Bin::dpkg "/usr/bin/dpkg";
                APT::Architecture "amd64";
                APT::Architectures { "amd64"; };
                APT::Sandbox::User "";
                APT::Install-Recommends "false";
                Acquire::Languages "none";
                Acquire::http::Proxy "DIRECT";
                Acquire::Check-Valid-Until "true";
                APT::Update::Error-Mode "any";
                """.formatted(home));
    }

    Command aptGet(Object... arguments) {
        return command("apt-get", "-y", "-q").and(arguments);
    }

    Command command(Object... arguments) {
        return Command.of(arguments)
                .env("APT_CONFIG", home.resolve("apt.conf"))
                .env("HOME", home)
                .in(home.resolve("work"));
    }

    Path archives() {
        return home.resolve("cache/archives");
    }

    Path work() {
        return home.resolve("work");
    }
}

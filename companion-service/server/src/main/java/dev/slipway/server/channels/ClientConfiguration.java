package dev.slipway.server.channels;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The file that makes a machine a client of one channel: {@code slipway.repo} for dnf, {@code slipway.sources} for apt.
 *
 * <p>Where a key is known, checking is on. Whoever installs the file should compare the served key's fingerprint with one
 * received by another way, and then point at a local copy.
 *
 * @param channel path below {@code /repos/}
 * @param url the channel's address, ending in a slash
 * @param keyUrls addresses of the certificates packages or metadata are signed with
 * @param metadataSigned whether the metadata is signed by one of them
 */
record ClientConfiguration(String channel, String url, List<String> keyUrls, boolean metadataSigned) {

    /** A section for {@code /etc/yum.repos.d}. */
    String dnf() {
        String id = channel.replaceAll("[^A-Za-z0-9_.:-]", "-");
        String keys = keyUrls.isEmpty() ? "" : "gpgkey=" + String.join("\n       ", keyUrls) + "\n";
        return """
                [slipway-%s]
                name=Slipway %s
                baseurl=%s
                enabled=1
                gpgcheck=%d
                repo_gpgcheck=%d
                """.formatted(id, channel, url, keyUrls.isEmpty() ? 0 : 1, metadataSigned ? 1 : 0) + keys;
    }

    /**
     * A stanza for {@code /etc/apt/sources.list.d}.
     *
     * @param certificate armored, pinned in the file itself; null when there is none
     * @param withSources whether the repository has source packages to offer
     */
    String apt(String suite, String component, boolean withSources, @Nullable String certificate) {
        String trust;
        if (metadataSigned && certificate != null) {
            trust = "Signed-By:\n"
                    + certificate
                            .strip()
                            .lines()
                            .map(line -> line.isBlank() ? " ." : " " + line)
                            .collect(Collectors.joining("\n"))
                    + "\n";
        } else {
            trust = "Trusted: yes\n";
        }
        return """
                Types: %s
                URIs: %s
                Suites: %s
                Components: %s
                """.formatted(withSources ? "deb deb-src" : "deb", url, suite, component) + trust;
    }
}

package dev.slipway.server.distributions;

import dev.slipway.server.channels.ChannelPath;
import dev.slipway.server.channels.HostedRepositories;
import dev.slipway.server.repositories.NewRepository;
import dev.slipway.server.repositories.RepositoryKind;
import dev.slipway.server.repositories.RepositoryOptions;
import dev.slipway.server.repositories.RepositoryType;
import java.util.List;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Makes the repositories of a distribution: for an RPM platform one per architecture and one of sources, each architecture
 * with a twin for debug packages; for a Debian platform one with all architectures, and its twin.
 */
final class DistributionRepositories {

    private static final String SOURCE = "src";

    /** A platform of a distribution. */
    record Platform(
            long id,
            String name,
            RepositoryType type,
            List<String> arches,
            @Nullable String suite) {}

    private final HostedRepositories hosted;

    DistributionRepositories(HostedRepositories hosted) {
        this.hosted = hosted;
    }

    void create(
            long distributionId,
            String distribution,
            Platform platform,
            @Nullable Long signKeyId,
            StatelessSession session) {
        Maker maker = new Maker(distributionId, distribution, platform, signKeyId, session);
        if (platform.type() == RepositoryType.DEB) {
            String suite = ChannelPath.segment(platform.suite() == null ? platform.name() : platform.suite());
            RepositoryOptions options =
                    RepositoryOptions.debian(suite, RepositoryOptions.DEFAULT_COMPONENT, platform.arches());
            String arches = String.join(",", platform.arches());
            maker.make(arches, false, "", options);
            maker.make(arches, true, "-debug", options);
            return;
        }
        maker.make(SOURCE, false, "/" + SOURCE, RepositoryOptions.NONE);
        for (String arch : platform.arches()) {
            maker.make(arch, false, "/" + arch, RepositoryOptions.NONE);
            maker.make(arch, true, "/" + arch + "-debug", RepositoryOptions.NONE);
        }
    }

    private final class Maker {
        private final long distributionId;
        private final String distribution;
        private final Platform platform;
        private final @Nullable Long signKeyId;
        private final StatelessSession session;

        Maker(
                long distributionId,
                String distribution,
                Platform platform,
                @Nullable Long signKeyId,
                StatelessSession session) {
            this.distributionId = distributionId;
            this.distribution = distribution;
            this.platform = platform;
            this.signKeyId = signKeyId;
            this.session = session;
        }

        void make(String arch, boolean debug, String pathEnd, RepositoryOptions options) {
            hosted.create(
                    new NewRepository(
                            distribution + "-" + platform.name(),
                            arch,
                            platform.type(),
                            debug,
                            RepositoryKind.DISTRIBUTION,
                            true,
                            null,
                            platform.id(),
                            distributionId,
                            null,
                            signKeyId,
                            options),
                    distribution + "/" + ChannelPath.segment(platform.name()) + pathEnd,
                    session);
        }
    }
}

package dev.slipway.cli.apply;

import dev.slipway.api.distributions.Distribution;
import dev.slipway.api.distributions.DistributionRequest;
import dev.slipway.api.distributions.DistributionUpdate;
import dev.slipway.api.platforms.Platform;
import dev.slipway.api.platforms.PlatformRequest;
import dev.slipway.api.repositories.Repository;
import dev.slipway.api.repositories.RepositoryRequest;
import dev.slipway.api.signing.SignKey;
import dev.slipway.api.signing.SignKeyRequest;
import dev.slipway.api.signing.SignKeyUpdate;
import dev.slipway.client.SlipwayClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings a companion in line with declarations: platforms first, then keys, repositories and distributions. */
public final class Applier {
    private final SlipwayClient client;

    public Applier(SlipwayClient client) {
        this.client = client;
    }

    /** What was done about one declared thing: created, updated or unchanged. */
    public record Change(String kind, String name, String what) {}

    /** Applies one declaration; stops at the first thing that the companion refuses. */
    public List<Change> apply(Declaration declaration) throws IOException {
        List<Change> changes = new ArrayList<>();
        apply(declaration, changes::add);
        return changes;
    }

    /** As {@link #apply(Declaration)}; tells of each thing as soon as it is done. */
    public void apply(Declaration declaration, Consumer<Change> done) throws IOException {
        for (PlatformRequest platform : declaration.platforms()) {
            done.accept(platform(platform));
        }
        for (Declaration.DeclaredKey key : declaration.signKeys()) {
            done.accept(key(key));
        }
        for (RepositoryRequest repository : declaration.repositories()) {
            done.accept(repository(repository));
        }
        for (DistributionRequest distribution : declaration.distributions()) {
            done.accept(distribution(distribution));
        }
    }

    private Change platform(PlatformRequest wanted) throws IOException {
        String name = named("a platform", wanted.name());
        for (Platform known : client.platforms().list()) {
            if (known.name().equals(name)) {
                Platform after = client.platforms().update(wanted);
                return new Change("platform", name, after.revision() == known.revision() ? "unchanged" : "updated");
            }
        }
        client.platforms().create(wanted);
        return new Change("platform", name, "created");
    }

    private Change key(Declaration.DeclaredKey wanted) throws IOException {
        String name = named("a sign key", wanted.name());
        List<Long> platforms = new ArrayList<>();
        List<Platform> all =
                wanted.platforms().isEmpty() ? List.of() : client.platforms().list();
        for (String platform : wanted.platforms()) {
            platforms.add(all.stream()
                    .filter(p -> p.name().equals(platform))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "sign key '" + name + "' names the platform '" + platform + "', which does not exist"))
                    .id());
        }
        for (SignKey known : client.signing().keys()) {
            if (known.name().equals(name)) {
                SignKey after = client.signing()
                        .updateKey(
                                known.id(),
                                new SignKeyUpdate(
                                        null,
                                        wanted.description(),
                                        null,
                                        null,
                                        null,
                                        wanted.certificate(),
                                        platforms,
                                        null,
                                        known.revision()));
                return new Change("sign key", name, after.revision() == known.revision() ? "unchanged" : "updated");
            }
        }
        client.signing()
                .addKey(new SignKeyRequest(
                        name, wanted.description(), null, null, null, wanted.certificate(), platforms));
        return new Change("sign key", name, "created");
    }

    private Change repository(RepositoryRequest wanted) throws IOException {
        String name = named("a repository", wanted.name());
        boolean debug = Boolean.TRUE.equals(wanted.debug());
        List<Repository> known = client.repositories()
                .list(Map.of("name", name, "arch", wanted.arch(), "type", wanted.type(), "debug", debug));
        if (!known.isEmpty()) {
            return new Change("repository", name, "unchanged");
        }
        client.repositories().create(wanted);
        return new Change("repository", name, "created");
    }

    private Change distribution(DistributionRequest given) throws IOException {
        DistributionRequest wanted = given.unwrapped();
        String name = named("a distribution", wanted.name());
        for (Distribution known : client.distributions().list()) {
            if (known.name().equals(name)) {
                String approval = wanted.approval();
                if (approval == null || approval.equals(known.approval())) {
                    return new Change("distribution", name, "unchanged");
                }
                client.distributions().update(name, new DistributionUpdate(approval, known.revision()));
                return new Change("distribution", name, "updated");
            }
        }
        client.distributions().create(wanted);
        return new Change("distribution", name, "created");
    }

    private static String named(String what, @Nullable String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(what + " in the declaration has no name");
        }
        return name;
    }
}

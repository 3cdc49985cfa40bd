package dev.slipway.server.channels;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.repositories.RepositoryType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Makes the client configuration of a channel from what it shows and who signs it. */
final class ClientConfigurations {

    private final Transactions transactions;
    private final ServedUrls urls;

    ClientConfigurations(Transactions transactions, ServedUrls urls) {
        this.transactions = transactions;
        this.urls = urls;
    }

    private record Facts(
            @Nullable String metadataKey,
            @Nullable String certificate,
            List<String> packageKeys,
            @Nullable JsonNode options) {}

    /** The text, when the path is that of a channel's client configuration. */
    Optional<String> of(ServedRepositories.Located located) {
        RepositoryType type = located.channel().type();
        String name = type == RepositoryType.RPM ? "slipway.repo" : "slipway.sources";
        if (!located.rest().equals(name)) {
            return Optional.empty();
        }
        return transactions
                .read(session -> facts(located.channel().path(), session))
                .map(facts -> render(located.channel().path(), type, facts));
    }

    private static Optional<Facts> facts(String path, StatelessSession session) {
        return Sql.one(
                session,
                """
                select k.keyid, k.certificate, c.package_keys, p.options
                from channel c
                left join repository r on r.id = c.repository_id
                left join publication p on p.id = c.publication_id
                left join sign_key k on k.id = coalesce(p.sign_key_id, r.sign_key_id)
                where c.path = ?""",
                row -> new Facts(
                        row.textOrNull("keyid"),
                        row.textOrNull("certificate"),
                        row.texts("package_keys"),
                        row.jsonOrNull("options")),
                path);
    }

    private String render(String path, RepositoryType type, Facts facts) {
        boolean signed = facts.metadataKey() != null;
        Set<String> keys = new LinkedHashSet<>();
        if (facts.metadataKey() != null) {
            keys.add(facts.metadataKey());
        }
        keys.addAll(facts.packageKeys());
        ClientConfiguration configuration = new ClientConfiguration(
                path, urls.channel(path), keys.stream().map(urls::key).toList(), signed);
        if (type == RepositoryType.RPM) {
            return configuration.dnf();
        }
        JsonNode debian = facts.options() == null ? null : facts.options().get("debian");
        return configuration.apt(
                debian == null ? "stable" : debian.path("suite").asText(),
                debian == null ? "main" : debian.path("component").asText(),
                true,
                facts.certificate());
    }
}

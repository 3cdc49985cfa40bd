package dev.slipway.api.repositories;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repository as the service shows it.
 *
 * @param arch the architecture, {@code src}, or for a Debian repository of several architectures their names joined by a
 *     comma
 * @param url where clients read it: the foreign address of a remote one, the served address of every other
 * @param type {@code rpm} or {@code deb}
 * @param pulpHref always absent; older clients expect the member
 * @param kind {@code remote}, {@code hosted}, {@code build} or {@code distribution}
 * @param channel the path below {@code /repos/} it is served at, absent for a remote one
 * @param suite of a Debian repository
 * @param signKey the key id its metadata is signed with
 * @param version the newest version's number, 0 of a remote one
 */
public record Repository(
        long id,
        String name,
        String arch,
        String url,
        String type,
        boolean debug,
        boolean production,
        @Nullable Boolean pulpHref,
        String kind,
        @Nullable String channel,
        @Nullable String suite,
        List<String> components,
        int priority,
        @Nullable String platform,
        @Nullable String distribution,
        @Nullable Long buildId,
        @Nullable String signKey,
        int version,
        int packageCount,
        int revision,
        Instant createdAt) {}

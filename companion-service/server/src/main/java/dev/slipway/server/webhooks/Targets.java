package dev.slipway.server.webhooks;

import dev.slipway.server.http.PrivateAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Which addresses may be told of events. Whoever makes a webhook chooses where this machine connects to; so it must not
 * reach what only this machine reaches: itself, private networks, a cloud's metadata service.
 */
final class Targets {
    private static final int LONGEST = 2_000;
    /** Hosts written as numbers, which name an address without a look-up; colons are IPv6's. */
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|.*:.*");

    private final boolean privateAddresses;
    private final boolean plainHttp;

    Targets(WebhookSettings settings) {
        this.privateAddresses = settings.privateAddresses();
        this.plainHttp = settings.plainHttp();
    }

    /** Why no webhook may have this URL; absent when it may. Looks nothing up. */
    Optional<String> fault(String text) {
        if (text.length() > LONGEST) {
            return Optional.of("has at most " + LONGEST + " characters");
        }
        HttpUrl url = HttpUrl.parse(text);
        if (url == null || !isUri(text)) {
            return Optional.of("is not an http or https URL");
        }
        if (isOddNumber(url.host())) {
            return Optional.of("has an address in its usual form: four decimal numbers, or a name");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty() || url.fragment() != null) {
            return Optional.of("has neither a user nor a fragment");
        }
        if (!url.isHttps() && !plainHttp && !isLoopback(url.host())) {
            return Optional.of("is an https URL: http is accepted on this machine only (setting webhooks.plain-http)");
        }
        if (!privateAddresses && isPrivateName(url.host())) {
            return Optional.of("is not an address of this machine or of a private network"
                    + " (setting webhooks.private-addresses)");
        }
        return Optional.empty();
    }

    /**
     * The addresses behind a host: connect to these and to no others, since a second look-up may give others.
     *
     * @throws UnknownHostException when there are none, or one of them must not be reached; its message may be shown
     */
    List<InetAddress> resolve(String host) throws UnknownHostException {
        InetAddress[] found;
        try {
            found = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            UnknownHostException plain = new UnknownHostException("the host " + host + " is unknown");
            plain.initCause(e);
            throw plain;
        }
        if (!privateAddresses && Arrays.stream(found).anyMatch(PrivateAddresses::contains)) {
            throw new UnknownHostException("the host " + host + " is on this machine or in a private network");
        }
        return List.of(found);
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isLoopback(String host) {
        return isLocalhost(host)
                || literal(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    private static boolean isPrivateName(String host) {
        return isLocalhost(host)
                || literal(host).map(PrivateAddresses::contains).orElse(false);
    }

    private static boolean isLocalhost(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    /** Programs do not agree on what 0177.0.0.1 or 2130706433 stand for. */
    private static boolean isOddNumber(String host) {
        return !host.contains(":")
                && NUMERIC.matcher(host).matches()
                && !literal(host).map(InetAddress::getHostAddress).equals(Optional.of(host));
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return NUMERIC.matcher(host).matches() ? Optional.of(InetAddress.getByName(host)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}

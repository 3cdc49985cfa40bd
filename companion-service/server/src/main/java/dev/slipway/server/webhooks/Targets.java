package dev.slipway.server.webhooks;

import java.net.Inet4Address;
import java.net.Inet6Address;
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
        if (!privateAddresses && Arrays.stream(found).anyMatch(Targets::isPrivate)) {
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
        return isLocalhost(host) || literal(host).map(Targets::isPrivate).orElse(false);
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

    /** Whether an address is not one of the public internet (IANA's special-purpose address registries). */
    static boolean isPrivate(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                ? isPrivate4(bytes)
                : address instanceof Inet6Address && isPrivate6(bytes);
    }

    private static boolean isPrivate4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        return first == 0
                || (first == 100 && second >= 64 && second < 128)
                || (first == 192 && second == 0 && third == 0)
                || (first == 192 && second == 0 && third == 2)
                || (first == 198 && (second == 18 || second == 19))
                || (first == 198 && second == 51 && third == 100)
                || (first == 203 && second == 0 && third == 113)
                || first >= 240;
    }

    private static boolean isPrivate6(byte[] bytes) {
        if ((bytes[0] & 0xfe) == 0xfc) {
            return true; // unique local
        }
        int[] words = new int[8];
        for (int i = 0; i < words.length; i++) {
            words[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
        }
        boolean carries4 = Arrays.stream(words, 0, 6).allMatch(word -> word == 0) // compatible
                || (words[0] == 0x64 && words[1] == 0xff9b); // translated
        if (carries4) {
            return isPrivate4or(Arrays.copyOfRange(bytes, 12, 16));
        }
        return words[0] == 0x2002 // 6to4, which carries an address of version 4 as well
                || (words[0] == 0x2001 && words[1] < 0x200) // Teredo and the other protocol assignments
                || (words[0] == 0x2001 && words[1] == 0xdb8)
                || words[0] == 0x100;
    }

    private static boolean isPrivate4or(byte[] bytes) {
        try {
            return isPrivate(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}

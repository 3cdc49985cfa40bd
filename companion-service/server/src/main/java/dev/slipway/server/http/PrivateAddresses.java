package dev.slipway.server.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The addresses that a caller must not make this machine connect to: itself, private networks, a cloud's metadata service. */
public final class PrivateAddresses {
    private PrivateAddresses() {}

    /** Whether an address is not one of the public internet (IANA's special-purpose address registries). */
    public static boolean contains(InetAddress address) {
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
            return containsCarried(Arrays.copyOfRange(bytes, 12, 16));
        }
        return words[0] == 0x2002 // 6to4, which carries an address of version 4 as well
                || (words[0] == 0x2001 && words[1] < 0x200) // Teredo and the other protocol assignments
                || (words[0] == 0x2001 && words[1] == 0xdb8)
                || words[0] == 0x100;
    }

    private static boolean containsCarried(byte[] bytes) {
        try {
            return contains(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}

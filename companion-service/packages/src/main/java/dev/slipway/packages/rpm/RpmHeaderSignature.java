package dev.slipway.packages.rpm;

import java.util.Arrays;

/**
 * A detached OpenPGP signature over a package's main header: one binary signature packet (RFC 9580, 5.2) of type "binary
 * document".
 */
public final class RpmHeaderSignature {
    private static final int LARGEST = 16 << 10;
    private static final int RSA_UP_TO = 3;
    private static final int OLDEST = 3;

    private final byte[] packet;
    private final int version;
    private final int algorithm;

    private RpmHeaderSignature(byte[] packet, int version, int algorithm) {
        this.packet = packet;
        this.version = version;
        this.algorithm = algorithm;
    }

    /**
     * Takes a signature as {@code gpg --detach-sign} and OpenPGP libraries write it.
     *
     * @throws IllegalArgumentException when it is not exactly one binary signature packet of version 3, 4 or 6 over binary
     *     data
     */
    public static RpmHeaderSignature of(byte[] packet) {
        int body = packet.length > LARGEST ? -1 : bodyOffset(packet);
        if (body < 0 || packet.length < body + 4) {
            throw new IllegalArgumentException("not a single binary OpenPGP signature packet");
        }
        int version = packet[body];
        int type = body + 1;
        int algorithm = body + 2;
        if (version == OLDEST) {
            // RFC 9580, 5.2.2: a length, the type, a time of 4 octets and a key id of 8 come first
            type = body + 2;
            algorithm = body + 15;
        } else if (version != 4 && version != 6) {
            throw new IllegalArgumentException("an OpenPGP signature of version " + version + " is not supported");
        }
        if (packet.length <= algorithm || packet[type] != 0) {
            throw new IllegalArgumentException("the OpenPGP signature is not one over binary data");
        }
        return new RpmHeaderSignature(packet.clone(), version, packet[algorithm] & 0xff);
    }

    /** Where the only packet's body begins, or -1 when this is not one signature packet from end to end. */
    private static int bodyOffset(byte[] packet) {
        if (packet.length < 8 || (packet[0] & 0x80) == 0) {
            return -1;
        }
        boolean recent = (packet[0] & 0x40) != 0;
        int type = recent ? packet[0] & 0x3f : (packet[0] >> 2) & 0xf;
        int first = packet[1] & 0xff;
        int octets = recent ? first < 192 ? 1 : first < 224 ? 2 : first == 255 ? 5 : 0 : lengthOctets(packet[0] & 3);
        if (type != 2 || octets == 0) {
            return -1;
        }
        long length = 0;
        if (recent && octets == 2) {
            length = ((first - 192L) << 8) + (packet[2] & 0xff) + 192;
        } else {
            for (int i = recent && octets == 5 ? 2 : 1; i <= octets; i++) {
                length = (length << 8) | (packet[i] & 0xff);
            }
        }
        return 1 + octets + length == packet.length ? 1 + octets : -1;
    }

    private static int lengthOctets(int lengthType) {
        return lengthType == 3 ? 0 : 1 << lengthType;
    }

    /** The packet. */
    public byte[] packet() {
        return packet.clone();
    }

    /** The version of the OpenPGP signature: 4 or 6, or 3 in packages of long ago. */
    public int version() {
        return version;
    }

    /** Whether it is made by an RSA key; rpm keeps those under another tag than all others. */
    public boolean isRsa() {
        return algorithm >= 1 && algorithm <= RSA_UP_TO;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RpmHeaderSignature that && Arrays.equals(packet, that.packet);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packet);
    }

    @Override
    public String toString() {
        return "OpenPGP signature, version " + version + ", algorithm " + algorithm;
    }
}

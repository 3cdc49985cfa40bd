package dev.slipway.packages.openpgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.openpgp.PGPMarker;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/** Reads key files: one block or packet stream, bounded, with nothing beside what was asked for. */
final class KeyMaterial {

    /** The largest real certificates (archive keys with many signatures) have some hundred kilobytes. */
    static final int MAX_BYTES = 1 << 20;

    private KeyMaterial() {}

    static byte[] bounded(InputStream in, String what) throws IOException, KeyMaterialException {
        var bytes = in.readNBytes(MAX_BYTES + 1);
        requireSize(bytes, what);
        return bytes;
    }

    static void requireSize(byte[] bytes, String what) throws KeyMaterialException {
        if (bytes.length == 0) {
            throw new KeyMaterialException("the " + what + " is empty");
        }
        if (bytes.length > MAX_BYTES) {
            throw new KeyMaterialException("the " + what + " is larger than " + MAX_BYTES + " bytes");
        }
    }

    /** The packets of all armor blocks of the type that is wanted, or the bytes themselves when they are binary. */
    static byte[] packets(byte[] material, String wantedType, String what) throws KeyMaterialException {
        requireSize(material, what);
        if (Armor.isBinary(material)) {
            return material;
        }
        List<Armor.Block> blocks;
        try {
            blocks = Armor.read(material);
        } catch (IOException e) {
            throw new KeyMaterialException("the " + what + " cannot be read: " + e.getMessage(), e);
        }
        for (var block : blocks) {
            if (block.type.equals(Armor.PRIVATE_KEY) && !wantedType.equals(Armor.PRIVATE_KEY)) {
                throw secretInside();
            }
            if (!block.type.equals(wantedType)) {
                throw new KeyMaterialException(
                        "the " + what + " holds a '" + block.type + "' where a '" + wantedType + "' is expected");
            }
        }
        return switch (blocks.size()) {
            case 0 -> throw new KeyMaterialException("the " + what + " is neither an armored block nor binary OpenPGP");
            case 1 -> blocks.get(0).content;
            default -> throw new KeyMaterialException("the " + what + " holds several blocks; give one key at a time");
        };
    }

    static KeyMaterialException secretInside() {
        return new KeyMaterialException("this holds a secret key; give the public certificate alone"
                + " (gpg --armor --export), and treat the key as disclosed");
    }

    /** All top-level OpenPGP objects. */
    static List<Object> objects(byte[] packets, String what) throws KeyMaterialException {
        var found = new ArrayList<>();
        try {
            var factory = new PGPObjectFactory(new ByteArrayInputStream(packets), new BcKeyFingerprintCalculator());
            for (var object = factory.nextObject(); object != null; object = factory.nextObject()) {
                if (!(object instanceof PGPMarker)) {
                    found.add(object);
                }
            }
        } catch (IOException | RuntimeException e) { // the library reports malformed packets by either
            throw new KeyMaterialException("the " + what + " is damaged or not OpenPGP", e);
        }
        return found;
    }
}

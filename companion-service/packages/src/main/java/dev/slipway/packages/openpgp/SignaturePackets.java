package dev.slipway.packages.openpgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/** Reads signature blocks: signature packets alone, few and small. */
final class SignaturePackets {

    private static final int MAX_BYTES = 1 << 16;
    private static final int MAX_SIGNATURES = 16;

    private SignaturePackets() {}

    static List<PGPSignature> parse(byte[] block) throws SignatureFormatException {
        if (block.length == 0) {
            throw new SignatureFormatException("the signature is empty");
        }
        if (block.length > MAX_BYTES) {
            throw new SignatureFormatException("the signature is larger than " + MAX_BYTES + " bytes");
        }
        var signatures = new ArrayList<PGPSignature>();
        try {
            for (var object : objects(Armor.isBinary(block) ? block : dearmor(block))) {
                if (!(object instanceof PGPSignatureList list)) {
                    throw new SignatureFormatException("the signature block holds something else than signatures");
                }
                list.forEach(signatures::add);
            }
        } catch (IOException | RuntimeException e) { // the library reports malformed packets by either
            throw new SignatureFormatException("the signature cannot be read", e);
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new SignatureFormatException("the block holds " + signatures.size() + " signatures");
        }
        return signatures;
    }

    private static byte[] dearmor(byte[] block) throws IOException, SignatureFormatException {
        var blocks = Armor.read(block);
        if (blocks.size() != 1 || !blocks.get(0).type.equals(Armor.SIGNATURE)) {
            throw new SignatureFormatException("the signature is not exactly one armored '" + Armor.SIGNATURE + "'");
        }
        return blocks.get(0).content;
    }

    private static List<Object> objects(byte[] packets) throws IOException {
        var found = new ArrayList<>();
        var factory = new PGPObjectFactory(new ByteArrayInputStream(packets), new BcKeyFingerprintCalculator());
        for (var object = factory.nextObject(); object != null; object = factory.nextObject()) {
            found.add(object);
        }
        return found;
    }
}

package dev.slipway.server.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The private key that this companion signs access tokens with, as a JWK in a file that its owner alone can read. */
final class KeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    private final Path file;

    KeyFile(Path file) {
        this.file = file;
    }

    /** The key, if there is one that can be used. */
    Optional<ECKey> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            ECKey key = ECKey.parse(Files.readString(file));
            return Optional.of(key).filter(k -> k.isPrivate() && k.getKeyID() != null);
        } catch (ParseException | IllegalArgumentException e) {
            LOG.warn("{} holds no key and is made anew", file);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the token key " + file, e);
        }
    }

    /** A new key; the file holds it when this returns. */
    ECKey make() {
        try {
            ECKey key =
                    new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
            write(key.toJSONString());
            return key;
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java can make keys on P-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the token key " + file, e);
        }
    }

    private void write(String text) throws IOException {
        Path part = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                file.getFileName().toString(),
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(part, text + "\n");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}

package dev.slipway.cli.demo;

import dev.slipway.cli.PrivateFile;
import dev.slipway.packages.openpgp.Certificate;
import dev.slipway.packages.openpgp.GeneratedKey;
import dev.slipway.packages.openpgp.KeyGenerator;
import dev.slipway.packages.openpgp.KeyMaterialException;
import dev.slipway.packages.openpgp.KeyRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/** The key pair made for the demo: the secret half for the worker alone, the public half pinned by the clients. */
record DemoKey(Path secret, Path passphrase, Path certificate, String keyId) {

    static DemoKey prepare(Path directory) throws IOException {
        Path secret = directory.resolve("demo-key.asc");
        Path passphrase = directory.resolve("demo-key.passphrase");
        Path certificate = directory.resolve("demo-key.public.asc");
        Files.createDirectories(directory);
        if (!Files.exists(certificate)) {
            SecureRandom random = new SecureRandom();
            byte[] bits = new byte[18];
            random.nextBytes(bits);
            String phrase = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
            GeneratedKey made = new KeyGenerator(random, Clock.systemUTC())
                    .generate(
                            KeyRequest.of(
                                    "Slipway demo <packages@slipway.example>",
                                    KeyRequest.Kind.RSA_3072,
                                    Duration.ofDays(365)),
                            phrase.toCharArray());
            PrivateFile.replace(passphrase, phrase);
            PrivateFile.replace(secret, made.armoredSecret());
            Files.writeString(certificate, made.certificate().armored());
        }
        try {
            return new DemoKey(
                    secret,
                    passphrase,
                    certificate,
                    Certificate.parse(Files.readString(certificate)).keyId());
        } catch (KeyMaterialException e) {
            throw new IOException(certificate + " is damaged; remove " + directory + " and start again", e);
        }
    }
}

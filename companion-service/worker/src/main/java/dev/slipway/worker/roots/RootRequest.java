package dev.slipway.worker.roots;

import dev.slipway.packages.MessageDigests;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A root that is wanted.
 *
 * @param rpm whether the root is for RPM packages; else DEB
 * @param purpose what it is for
 * @param arch of its programs, in the packages' own word
 */
public record RootRequest(Recipe recipe, boolean rpm, Purpose purpose, String arch) {
    /** Raised whenever roots are made or prepared in another way, so that older ones are not used any more. */
    private static final String REVISION = "2";

    /** What a root is for. */
    public enum Purpose {
        /** With a toolchain. */
        BUILD,
        /** Minimal. */
        TEST
    }

    /** Names the root: equal for requests that one root can serve. */
    public String key(String toolVersion) {
        String text = String.join("\n", REVISION, toolVersion, recipe.toString(), rpm ? "rpm" : "deb", purpose.name())
                + "\n"
                + Architectures.debian(arch);
        return HexFormat.of().formatHex(MessageDigests.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}

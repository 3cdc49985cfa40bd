package io.jenkins.plugins.slipway.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.slipway.check.ClassFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Icons are symbols, which follow the theme, and each one exists. */
class SymbolsTest {
    /** Some of those that Jenkins itself brings at the baseline. */
    private static final Set<String> OF_JENKINS = Set.of(
            "cube",
            "error",
            "external",
            "fingerprint",
            "flask",
            "hammer",
            "hourglass",
            "journal",
            "key",
            "link",
            "lock-closed",
            "logs",
            "paper-plane-outline",
            "ribbon",
            "server",
            "shield-warning",
            "shopping-bag",
            "status-aborted",
            "status-blue",
            "status-red",
            "status-yellow",
            "tag",
            "terminal",
            "timer",
            "warning");

    private static final Pattern SYMBOL = Pattern.compile("symbol-([a-z0-9-]+)( plugin-slipway)?");

    @Test
    void everySymbolExists() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path file : PluginFiles.endingWith(".jelly")) {
            collect(Files.readString(file), used);
        }
        for (ClassNode node : ClassFiles.ofPlugin().values()) {
            for (MethodNode method : node.methods) {
                for (AbstractInsnNode instruction : method.instructions) {
                    if (instruction instanceof LdcInsnNode constant && constant.cst instanceof String text) {
                        collect(text, used);
                    }
                }
            }
        }
        assertThat(used).isNotEmpty().allSatisfy(symbol -> {
            String name = symbol.replace(" plugin-slipway", "");
            if (symbol.equals(name)) {
                assertThat(OF_JENKINS).contains(name);
            } else {
                assertThat(PluginFiles.RESOURCES.resolve("images/symbols/" + name + ".svg"))
                        .exists();
            }
        });
    }

    private static void collect(String text, Set<String> into) {
        Matcher matcher = SYMBOL.matcher(text);
        while (matcher.find()) {
            into.add(matcher.group().substring("symbol-".length()));
        }
    }

    @Test
    void thereAreNoPictures() throws IOException {
        for (String ending : List.of(".png", ".gif", ".jpg", ".ico")) {
            assertThat(PluginFiles.endingWith(ending)).isEmpty();
        }
    }

    @Test
    void ownSymbolsTakeTheColourOfTheText() throws IOException {
        assertThat(PluginFiles.endingWith(".svg"))
                .allSatisfy(file -> assertThat(Files.readString(file))
                        .contains("currentColor")
                        .doesNotContainPattern("(fill|stroke)=\"#"));
    }
}

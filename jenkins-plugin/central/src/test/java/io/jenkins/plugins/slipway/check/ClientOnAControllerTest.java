package io.jenkins.plugins.slipway.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.client.SlipwayClient;
import io.jenkins.plugins.slipway.check.References.Use;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttp;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.tree.ClassNode;

/**
 * The client is made with newer libraries than the plugins of a controller bring. Its byte code is held against those:
 * this class path has the controller's versions.
 */
class ClientOnAControllerTest {
    private static final List<String> BROUGHT =
            List.of("okhttp3/", "okio/", "kotlin/", "com/fasterxml/jackson/", "org/slf4j/");

    private static Map<String, ClassNode> classes() throws IOException {
        Map<String, ClassNode> classes = new HashMap<>(ClassFiles.beside(SlipwayClient.class));
        classes.putAll(ClassFiles.beside(Build.class));
        return classes;
    }

    private static boolean brought(String type) {
        return BROUGHT.stream().anyMatch(type::startsWith);
    }

    @Test
    void thisClassPathHasTheControllersVersions() {
        assertThat(OkHttp.VERSION).isEqualTo("5.3.2");
        assertThat(new com.fasterxml.jackson.databind.ObjectMapper().version().toString())
                .isEqualTo("2.20.1");
    }

    @Test
    void everyMemberOfALibraryThatTheClientUsesIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        int checked = 0;
        for (ClassNode node : classes().values()) {
            for (Use use : References.of(node).uses()) {
                if (brought(use.owner())) {
                    checked++;
                    if (!ReflectedMembers.has(use.owner(), use.name() + use.descriptor(), use.field())) {
                        missing.add(node.name + ": " + use.owner() + "." + use.name() + use.descriptor());
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(checked).isGreaterThan(100);
    }

    @Test
    void theClientUsesNoLibraryThatAControllerLacks() throws IOException {
        List<String> strange = new ArrayList<>();
        for (ClassNode node : classes().values()) {
            for (String type : References.of(node).types()) {
                if (!type.startsWith("java/")
                        && !type.startsWith("javax/net/ssl/")
                        && !type.startsWith("javax/xml/stream/")
                        && !type.startsWith("dev/slipway/api/")
                        && !type.startsWith("dev/slipway/client/")
                        && !brought(type)) {
                    strange.add(node.name + ": " + type);
                }
            }
        }
        assertThat(strange).isEmpty();
    }
}

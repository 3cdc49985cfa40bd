package io.jenkins.plugins.slipway.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.slipway.check.ClassFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Nothing that a browser can call does anything before it knows who asks, and nothing is done by a mere link. */
class WebMethodsTest {
    private static final Set<String> ASKING =
            Set.of("checkPermission", "checkAnyPermission", "hasPermission", "hasAnyPermission");

    private static Map<String, MethodNode> webMethods() throws IOException {
        Map<String, MethodNode> methods = new LinkedHashMap<>();
        for (ClassNode node : ClassFiles.ofPlugin().values()) {
            for (MethodNode method : node.methods) {
                if ((method.access & Opcodes.ACC_PUBLIC) != 0
                        && (method.access & Opcodes.ACC_SYNTHETIC) == 0
                        && method.name.matches("do[A-Z].*")) {
                    methods.put(node.name + "." + method.name, method);
                }
            }
        }
        return methods;
    }

    private static List<MethodInsnNode> calls(MethodNode method) {
        List<MethodInsnNode> calls = new ArrayList<>();
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call && !call.name.equals("<init>")) {
                calls.add(call);
            }
        }
        return calls;
    }

    @Test
    void thereAreSome() throws IOException {
        assertThat(webMethods()).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void everyOneTakesPostsOnly() throws IOException {
        webMethods()
                .forEach((name, method) -> assertThat(method.visibleAnnotations)
                        .as(name)
                        .isNotNull()
                        .extracting(a -> a.desc)
                        .containsAnyOf(
                                "Lorg/kohsuke/stapler/verb/POST;", "Lorg/kohsuke/stapler/interceptor/RequirePOST;"));
    }

    @Test
    void everyOneAsksForPermissionFirst() throws IOException {
        webMethods()
                .forEach((name, method) -> assertThat(calls(method).get(0).owner)
                        .as(name)
                        .isEqualTo("io/jenkins/plugins/slipway/servers/FormPermissions"));
    }

    @Test
    void whatTheyAskDoesAsk() throws IOException {
        ClassNode permissions = ClassFiles.ofPlugin().get("io/jenkins/plugins/slipway/servers/FormPermissions");
        List<MethodNode> methods = permissions.methods.stream()
                .filter(m -> !m.name.startsWith("<"))
                .toList();
        assertThat(methods)
                .isNotEmpty()
                .allSatisfy(method -> assertThat(calls(method))
                        .as(method.name)
                        .extracting(call -> call.name)
                        .containsAnyElementsOf(ASKING));
    }
}

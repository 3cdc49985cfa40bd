package io.jenkins.plugins.slipway.conventions;

import io.jenkins.plugins.slipway.check.ClassFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A class that Stapler fills from a form, a script or YAML.
 *
 * @param arguments descriptor of the type by name, those of the constructor first
 */
record BoundClass(ClassNode node, List<MethodNode> constructors, Map<String, String> arguments) {
    private static final String CONSTRUCTOR = "Lorg/kohsuke/stapler/DataBoundConstructor;";
    private static final String SETTER = "Lorg/kohsuke/stapler/DataBoundSetter;";

    static List<BoundClass> all() throws IOException {
        List<BoundClass> all = new ArrayList<>();
        for (ClassNode node : ClassFiles.ofPlugin().values()) {
            List<MethodNode> constructors =
                    node.methods.stream().filter(m -> has(m, CONSTRUCTOR)).toList();
            Map<String, String> arguments = new LinkedHashMap<>();
            for (MethodNode constructor : constructors) {
                Type[] types = Type.getArgumentTypes(constructor.desc);
                for (int i = 0; i < types.length; i++) {
                    arguments.put(constructor.parameters.get(i).name, types[i].getDescriptor());
                }
            }
            node.methods.stream()
                    .filter(m -> has(m, SETTER))
                    .forEach(m -> arguments.put(
                            m.name.substring(3, 4).toLowerCase(Locale.ROOT) + m.name.substring(4),
                            Type.getArgumentTypes(m.desc)[0].getDescriptor()));
            if (!constructors.isEmpty() || !arguments.isEmpty()) {
                all.add(new BoundClass(node, constructors, arguments));
            }
        }
        return all;
    }

    private static boolean has(MethodNode method, String annotation) {
        List<AnnotationNode> annotations = method.visibleAnnotations;
        return annotations != null && annotations.stream().anyMatch(a -> a.desc.equals(annotation));
    }

    boolean isConfiguration() {
        return node.superName.equals("jenkins/model/GlobalConfiguration");
    }

    boolean isAbstract() {
        return (node.access & Opcodes.ACC_ABSTRACT) != 0;
    }

    MethodNode getter(String argument) {
        String name = argument.substring(0, 1).toUpperCase(Locale.ROOT) + argument.substring(1);
        String result = "()" + arguments.get(argument);
        return node.methods.stream()
                .filter(m -> m.name.equals("get" + name) || (m.name.equals("is" + name) && result.equals("()Z")))
                .filter(m -> m.desc.equals(result) && (m.access & Opcodes.ACC_PUBLIC) != 0)
                .findFirst()
                .orElse(null);
    }
}

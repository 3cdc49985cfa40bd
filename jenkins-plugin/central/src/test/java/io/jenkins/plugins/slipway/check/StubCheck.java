package io.jenkins.plugins.slipway.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Whether the signatures we compile against are true: they may leave things out, but nothing in them may differ. */
final class StubCheck {
    private static final int NEVER_SEEN = Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC;

    private final SurfaceTable table;
    private final SortedSet<String> problems = new TreeSet<>();
    private int classes;
    private int members;

    private StubCheck(SurfaceTable table) {
        this.table = table;
    }

    static StubCheck of(Map<String, ClassNode> stubs, SurfaceTable table) {
        StubCheck check = new StubCheck(table);
        stubs.values().stream().filter(n -> SurfaceTable.isJenkins(n.name)).forEach(check::check);
        return check;
    }

    SortedSet<String> problems() {
        return problems;
    }

    int classes() {
        return classes;
    }

    int members() {
        return members;
    }

    private void check(ClassNode node) {
        SurfaceType real = table.type(node.name);
        if (real == null) {
            problems.add(node.name + ": not in the table");
            return;
        }
        classes++;
        String kind = kind(node.access);
        if (!kind.equals(real.kind())) {
            problems.add(node.name + ": is " + kind + ", should be " + real.kind());
        }
        if (kind.equals("class")) {
            flag(node.access, Opcodes.ACC_ABSTRACT, "abstract", real.modifiers(), node.name);
            flag(node.access, Opcodes.ACC_FINAL, "final", real.modifiers(), node.name);
            for (InnerClassNode inner : node.innerClasses) {
                if (inner.name.equals(node.name)) {
                    flag(inner.access, Opcodes.ACC_STATIC, "static", real.modifiers(), node.name);
                }
            }
        }
        if (kind.equals("annotation_type") && !keptAtRunTime(node)) {
            problems.add(node.name + ": not kept at run time");
        }
        supertypes(node);
        node.fields.forEach(field -> field(node, real, field));
        node.methods.forEach(method -> method(node, real, method));
    }

    private static String kind(int access) {
        if ((access & Opcodes.ACC_ANNOTATION) != 0) {
            return "annotation_type";
        }
        if ((access & Opcodes.ACC_ENUM) != 0) {
            return "enum";
        }
        return (access & Opcodes.ACC_INTERFACE) != 0 ? "interface" : "class";
    }

    private static boolean keptAtRunTime(ClassNode node) {
        List<AnnotationNode> annotations = node.visibleAnnotations == null ? List.of() : node.visibleAnnotations;
        return annotations.stream()
                .filter(a -> a.desc.equals("Ljava/lang/annotation/Retention;"))
                .anyMatch(a -> ((String[]) a.values.get(1))[1].equals("RUNTIME"));
    }

    private void supertypes(ClassNode node) {
        Set<String> real = table.ancestors(node.name);
        boolean plain = node.superName.equals("java/lang/Object") || node.superName.equals("java/lang/Enum");
        if (!plain && !real.contains(node.superName)) {
            problems.add(node.name + ": extends " + node.superName);
        }
        for (String name : node.interfaces) {
            if (!real.contains(name) && !name.equals("java/lang/annotation/Annotation")) {
                problems.add(node.name + ": implements " + name);
            }
        }
    }

    private void field(ClassNode node, SurfaceType real, FieldNode field) {
        SurfaceMember member = member(node, real, field.access, field.name + field.desc);
        if (member != null) {
            String value = field.value == null ? null : String.valueOf(field.value);
            if (member.constant() == null ? value != null : !member.constant().equals(value)) {
                problems.add(node.name + "." + field.name + ": constant " + value + ", should be " + member.constant());
            }
        }
    }

    private void method(ClassNode node, SurfaceType real, MethodNode method) {
        SurfaceMember member = member(node, real, method.access, method.name + method.desc);
        if (member == null) {
            return;
        }
        String what = node.name + "." + method.name + method.desc;
        flag(method.access, Opcodes.ACC_FINAL, "final", member.modifiers(), what);
        if ((node.access & Opcodes.ACC_INTERFACE) == 0) {
            flag(method.access, Opcodes.ACC_ABSTRACT, "abstract", member.modifiers(), what);
        }
        Set<String> thrown = new TreeSet<>(method.exceptions);
        if (!thrown.equals(member.exceptions())) {
            problems.add(what + ": throws " + thrown + ", should be " + member.exceptions());
        }
    }

    /** The real member, if this is one that has to be compared. */
    private SurfaceMember member(ClassNode node, SurfaceType real, int access, String key) {
        if ((access & NEVER_SEEN) != 0 || key.startsWith("<clinit>")) {
            return null;
        }
        members++;
        SurfaceMember member = real.members().get(key);
        String what = node.name + "." + key;
        if (member == null) {
            if (key.startsWith("<init>") || !inherited(node.name, key)) {
                problems.add(what + ": not in the table");
            }
            return null;
        }
        if (member.hidden()
                && !Exemptions.ANNOTATION_ELEMENTS.contains(node.name + "." + key.replaceAll("\\).*", ")"))) {
            problems.add(what + ": deprecated or restricted");
        }
        flag(access, Opcodes.ACC_PUBLIC, "public", member.modifiers(), what);
        flag(access, Opcodes.ACC_STATIC, "static", member.modifiers(), what);
        return member;
    }

    /** An inherited member may be repeated, which the constant pool does not notice; none may be invented. */
    private boolean inherited(String type, String key) {
        return table.ancestors(type).stream()
                .anyMatch(ancestor -> table.type(ancestor) == null
                        ? ReflectedMembers.has(ancestor, key, false)
                        : table.type(ancestor).members().containsKey(key));
    }

    private void flag(int access, int bit, String word, Set<String> wanted, String what) {
        if ((access & bit) != 0 != wanted.contains(word)) {
            problems.add(what + ": " + word + " or not differs");
        }
    }
}

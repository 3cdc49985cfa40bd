package io.jenkins.plugins.slipway.check;

import io.jenkins.plugins.slipway.check.MemberLookup.Found;
import io.jenkins.plugins.slipway.check.References.Use;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;

/** Whether all that our classes use of Jenkins is there, and in the form in which they use it. */
final class ReferenceCheck {
    private final Map<String, ClassNode> own;
    private final SurfaceTable table;
    private final MemberLookup lookup;
    private final SortedSet<String> problems = new TreeSet<>();
    private int checked;

    private ReferenceCheck(Map<String, ClassNode> own, SurfaceTable table) {
        this.own = own;
        this.table = table;
        this.lookup = new MemberLookup(own, table);
    }

    static ReferenceCheck of(Map<String, ClassNode> own, SurfaceTable table) {
        ReferenceCheck check = new ReferenceCheck(own, table);
        own.values().forEach(check::check);
        return check;
    }

    SortedSet<String> problems() {
        return problems;
    }

    /** How many uses of members of Jenkins were looked at. */
    int checked() {
        return checked;
    }

    private void check(ClassNode node) {
        supertypes(node);
        References references = References.of(node);
        for (String type : references.types()) {
            if (SurfaceTable.isJenkins(type) && !own.containsKey(type) && table.type(type) == null) {
                problems.add(node.name + ": unknown type " + type);
            }
        }
        references.uses().forEach(use -> use(node.name, use));
        references.annotations().forEach(a -> annotation(node.name, a));
    }

    private void supertypes(ClassNode node) {
        SurfaceType parent = table.type(node.superName);
        if (parent != null && (parent.isInterface() || parent.modifiers().contains("final"))) {
            problems.add(node.name + ": cannot extend " + node.superName);
        }
        for (String name : node.interfaces) {
            SurfaceType type = table.type(name);
            if (type != null && !type.isInterface()) {
                problems.add(node.name + ": " + name + " is no interface");
            }
        }
    }

    private void use(String where, Use use) {
        boolean ours = own.containsKey(use.owner());
        if (!ours && !SurfaceTable.isJenkins(use.owner())) {
            return;
        }
        checked++;
        String what = use.owner() + "." + use.name() + use.descriptor();
        Found found = lookup.find(use.owner(), use.name() + use.descriptor(), use.field());
        if (found == null) {
            problems.add(where + ": there is no " + what);
            return;
        }
        SurfaceType type = table.type(use.owner());
        if (!ours && !use.field() && type.isInterface() != use.itf()) {
            problems.add(where + ": " + use.owner() + " is called as " + (use.itf() ? "an interface" : "a class"));
        }
        if (found.member() != null) {
            if (found.member().hidden()) {
                problems.add(where + ": deprecated or restricted: " + what);
            }
            if (found.member().isStatic() != use.isStatic()) {
                problems.add(where + ": static or not differs for " + what);
            }
        }
    }

    private void annotation(String where, References.Annotation annotation) {
        AnnotationNode node = annotation.node();
        String name = Type.getType(node.desc).getInternalName();
        if (!SurfaceTable.isJenkins(name)) {
            return;
        }
        SurfaceType type = table.type(name);
        if (type == null) {
            problems.add(where + ": unknown annotation " + name);
            return;
        }
        if (!annotation.visible()) {
            problems.add(where + ": the annotation " + name + " is not kept at run time");
        }
        List<Object> values = node.values == null ? List.of() : node.values;
        for (int i = 0; i < values.size(); i += 2) {
            String element = values.get(i) + "()";
            SurfaceMember member = type.members().values().stream()
                    .filter(m -> m.key().startsWith(element))
                    .findFirst()
                    .orElse(null);
            if (member == null) {
                problems.add(where + ": the annotation " + name + " has no " + element);
            } else if (member.hidden() && !Exemptions.ANNOTATION_ELEMENTS.contains(name + "." + element)) {
                problems.add(where + ": deprecated or restricted: " + name + "." + element);
            }
        }
    }
}

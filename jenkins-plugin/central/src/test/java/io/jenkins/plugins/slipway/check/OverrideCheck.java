package io.jenkins.plugins.slipway.check;

import io.jenkins.plugins.slipway.check.MemberLookup.Found;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Whether our methods that meet one of Jenkins override it lawfully. Java matches them by name and arguments whatever
 * they return, and it does so with members that the signatures leave out too.
 */
final class OverrideCheck {
    private final MemberLookup lookup;
    private final SortedSet<String> problems = new TreeSet<>();

    private OverrideCheck(MemberLookup lookup) {
        this.lookup = lookup;
    }

    static SortedSet<String> problems(Map<String, ClassNode> own, SurfaceTable table) {
        OverrideCheck check = new OverrideCheck(new MemberLookup(own, table));
        own.values().forEach(node -> node.methods.forEach(method -> check.method(node, method)));
        return check.problems;
    }

    private void method(ClassNode node, MethodNode method) {
        if (method.name.startsWith("<") || (method.access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)) != 0) {
            return;
        }
        String key = method.name + method.desc;
        String nameAndArguments = key.substring(0, key.indexOf(')') + 1);
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        for (Found found : lookup.inherited(node.name, nameAndArguments)) {
            SurfaceMember member = found.member();
            String what = node.name + "." + key;
            if (member.hidden()) {
                problems.add(what + " meets a deprecated or restricted member of " + found.owner());
            } else if (member.modifiers().contains("final") || isStatic != member.isStatic()) {
                problems.add(what + " clashes with a member of " + found.owner());
            } else if (node.methods.stream().noneMatch(m -> member.key().equals(m.name + m.desc))) {
                problems.add(what + " returns something else than in " + found.owner());
            }
        }
    }
}

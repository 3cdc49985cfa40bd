package io.jenkins.plugins.slipway.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.tree.ClassNode;

/** Finds members along supertypes as the JVM does: in our own classes, in the table, in the JDK and the libraries. */
final class MemberLookup {
    private final Map<String, ClassNode> own;
    private final SurfaceTable table;

    MemberLookup(Map<String, ClassNode> own, SurfaceTable table) {
        this.own = own;
        this.table = table;
    }

    /** Where a member is; {@code member} is null when it is none of Jenkins'. */
    record Found(String owner, SurfaceMember member) {}

    /** @param key name and descriptor */
    Found find(String owner, String key, boolean field) {
        ClassNode node = own.get(owner);
        if (node != null) {
            return declares(node, key) ? new Found(owner, null) : inParents(parents(node), key, field);
        }
        SurfaceType type = table.type(owner);
        if (type != null) {
            SurfaceMember member = type.members().get(key);
            if (member != null || key.startsWith("<init>")) {
                return member == null ? null : new Found(owner, member);
            }
            Found found = inParents(parents(type), key, field);
            return found == null && type.isInterface() ? find("java/lang/Object", key, field) : found;
        }
        return !SurfaceTable.isJenkins(owner) && ReflectedMembers.has(owner, key, field)
                ? new Found(owner, null)
                : null;
    }

    private Found inParents(List<String> parents, String key, boolean field) {
        return parents.stream()
                .map(parent -> find(parent, key, field))
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }

    /** All members of Jenkins that a method of this name and these arguments would meet, whatever they return. */
    List<Found> inherited(String owner, String nameAndArguments) {
        List<Found> found = new ArrayList<>();
        inherited(owner, nameAndArguments, found, new LinkedHashSet<>());
        return found;
    }

    private void inherited(String owner, String nameAndArguments, List<Found> into, Set<String> seen) {
        if (!seen.add(owner)) {
            return;
        }
        ClassNode node = own.get(owner);
        SurfaceType type = table.type(owner);
        if (type != null && node == null) {
            type.members().forEach((key, member) -> {
                if (key.startsWith(nameAndArguments)) {
                    into.add(new Found(owner, member));
                }
            });
        }
        List<String> parents = node != null ? parents(node) : type != null ? parents(type) : List.of();
        parents.forEach(parent -> inherited(parent, nameAndArguments, into, seen));
    }

    private static boolean declares(ClassNode node, String key) {
        return node.methods.stream().anyMatch(m -> key.equals(m.name + m.desc))
                || node.fields.stream().anyMatch(f -> key.equals(f.name + f.desc));
    }

    private static List<String> parents(ClassNode node) {
        return joined(node.superName, node.interfaces);
    }

    private static List<String> parents(SurfaceType type) {
        return joined(type.superName(), type.interfaces());
    }

    private static List<String> joined(String superName, List<String> interfaces) {
        List<String> parents = new ArrayList<>();
        if (superName != null) {
            parents.add(superName);
        }
        parents.addAll(interfaces);
        return parents;
    }
}

package io.jenkins.plugins.slipway.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.RecordComponentNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Everything that one class refers to: types, members, annotations. */
public final class References {
    private final List<String> types = new ArrayList<>();
    private final List<Use> uses = new ArrayList<>();
    private final List<Annotation> annotations = new ArrayList<>();

    /**
     * One use of a member.
     *
     * @param in the method it is used in
     */
    public record Use(
            String in, String owner, String name, String descriptor, boolean isStatic, boolean itf, boolean field) {}

    record Annotation(AnnotationNode node, boolean visible) {}

    private References() {}

    public static References of(ClassNode node) {
        References references = new References();
        references.scan(node);
        return references;
    }

    /** Internal names; of arrays that of the element. */
    public List<String> types() {
        return types;
    }

    public List<Use> uses() {
        return uses;
    }

    List<Annotation> annotations() {
        return annotations;
    }

    private void scan(ClassNode node) {
        if (node.superName != null) {
            types.add(node.superName);
        }
        types.addAll(node.interfaces);
        annotations(node.visibleAnnotations, node.invisibleAnnotations);
        for (FieldNode field : node.fields) {
            type(Type.getType(field.desc));
            annotations(field.visibleAnnotations, field.invisibleAnnotations);
        }
        if (node.recordComponents != null) {
            for (RecordComponentNode component : node.recordComponents) {
                annotations(component.visibleAnnotations, component.invisibleAnnotations);
            }
        }
        node.methods.forEach(this::scan);
    }

    private void scan(MethodNode method) {
        type(Type.getMethodType(method.desc));
        types.addAll(method.exceptions);
        annotations(method.visibleAnnotations, method.invisibleAnnotations);
        each(method.visibleParameterAnnotations, list -> annotations(list, null));
        each(method.invisibleParameterAnnotations, list -> annotations(null, list));
        method.tryCatchBlocks.stream().filter(b -> b.type != null).forEach(b -> types.add(b.type));
        for (AbstractInsnNode instruction : method.instructions) {
            scan(method.name, instruction);
        }
    }

    private void scan(String in, AbstractInsnNode instruction) {
        if (instruction instanceof MethodInsnNode call) {
            boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
            use(new Use(in, call.owner, call.name, call.desc, isStatic, call.itf, false));
        } else if (instruction instanceof FieldInsnNode access) {
            boolean isStatic = access.getOpcode() == Opcodes.GETSTATIC || access.getOpcode() == Opcodes.PUTSTATIC;
            use(new Use(in, access.owner, access.name, access.desc, isStatic, false, true));
        } else if (instruction instanceof TypeInsnNode cast) {
            type(Type.getObjectType(cast.desc));
        } else if (instruction instanceof MultiANewArrayInsnNode array) {
            type(Type.getType(array.desc));
        } else if (instruction instanceof LdcInsnNode constant) {
            constant(in, constant.cst);
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            type(Type.getMethodType(dynamic.desc));
            constant(in, dynamic.bsm);
            for (Object argument : dynamic.bsmArgs) {
                constant(in, argument);
            }
        }
    }

    private void constant(String in, Object constant) {
        if (constant instanceof Type type) {
            type(type);
        } else if (constant instanceof Handle handle) {
            boolean isStatic = handle.getTag() == Opcodes.H_INVOKESTATIC
                    || handle.getTag() == Opcodes.H_GETSTATIC
                    || handle.getTag() == Opcodes.H_PUTSTATIC;
            boolean field = handle.getTag() <= Opcodes.H_PUTSTATIC;
            use(new Use(
                    in, handle.getOwner(), handle.getName(), handle.getDesc(), isStatic, handle.isInterface(), field));
        } else if (constant instanceof ConstantDynamic dynamic) {
            constant(in, dynamic.getBootstrapMethod());
        }
    }

    private void use(Use use) {
        type(Type.getObjectType(use.owner()));
        type(use.field() ? Type.getType(use.descriptor()) : Type.getMethodType(use.descriptor()));
        uses.add(use);
    }

    private void type(Type type) {
        switch (type.getSort()) {
            case Type.ARRAY -> type(type.getElementType());
            case Type.METHOD -> {
                type(type.getReturnType());
                for (Type argument : type.getArgumentTypes()) {
                    type(argument);
                }
            }
            case Type.OBJECT -> types.add(type.getInternalName());
            default -> {
                // a primitive
            }
        }
    }

    private void annotations(List<AnnotationNode> visible, List<AnnotationNode> invisible) {
        if (visible != null) {
            visible.forEach(a -> annotations.add(new Annotation(a, true)));
        }
        if (invisible != null) {
            invisible.forEach(a -> annotations.add(new Annotation(a, false)));
        }
    }

    private static <T> void each(T[] array, Consumer<T> action) {
        if (array != null) {
            for (T element : array) {
                if (element != null) {
                    action.accept(element);
                }
            }
        }
    }
}

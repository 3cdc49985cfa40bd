package io.jenkins.plugins.slipway.check;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.objectweb.asm.Type;

/** Whether a class on the class path of the tests has a member. */
final class ReflectedMembers {
    private ReflectedMembers() {}

    static boolean has(String internalName, String key, boolean field) {
        try {
            Class<?> type = internalName.startsWith("[") ? Object[].class : load(internalName);
            if (internalName.startsWith("[") && key.startsWith("clone()")) {
                return true;
            }
            return has(type, key, field) || (type.isInterface() && has(Object.class, key, field));
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static Class<?> load(String internalName) throws ClassNotFoundException {
        return Class.forName(internalName.replace('/', '.'), false, ReflectedMembers.class.getClassLoader());
    }

    private static boolean has(Class<?> type, String key, boolean field) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (field ? hasField(c, key) : hasMethod(c, key)) {
                return true;
            }
            for (Class<?> i : c.getInterfaces()) {
                if (has(i, key, field)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasField(Class<?> type, String key) {
        for (Field field : type.getDeclaredFields()) {
            if (key.equals(field.getName() + Type.getDescriptor(field.getType()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasMethod(Class<?> type, String key) {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (key.equals("<init>" + Type.getConstructorDescriptor(constructor))) {
                return true;
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (key.equals(method.getName() + Type.getMethodDescriptor(method))) {
                return true;
            }
        }
        // Signature-polymorphic, so compiled with the descriptor of each call.
        return type.getName().startsWith("java.lang.invoke.") && key.startsWith("invoke");
    }
}

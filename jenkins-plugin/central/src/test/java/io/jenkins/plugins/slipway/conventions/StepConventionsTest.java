package io.jenkins.plugins.slipway.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.DataBoundSetter;
import org.w3c.dom.Element;

/** What people expect of every step, whatever it does. */
class StepConventionsTest {
    private static List<Class<? extends Step>> steps() throws IOException, ReflectiveOperationException {
        List<Class<? extends Step>> steps = new ArrayList<>();
        for (BoundClass bound : BoundClass.all()) {
            Class<?> type = Class.forName(bound.node().name.replace('/', '.'));
            if (Step.class.isAssignableFrom(type)) {
                steps.add(type.asSubclass(Step.class));
            }
        }
        assertThat(steps).hasSize(6);
        return steps;
    }

    /** As scripts make it that give nothing but what they must. */
    private static Step plain(Class<? extends Step> type) throws ReflectiveOperationException {
        var constructor = type.getConstructors()[0];
        Object[] arguments = new Object[constructor.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = constructor.getParameterTypes()[i] == long.class ? (Object) 812L : List.of();
        }
        return type.cast(constructor.newInstance(arguments));
    }

    private static StepDescriptor descriptor(Class<? extends Step> type) throws ReflectiveOperationException {
        return (StepDescriptor) Class.forName(type.getName() + "$DescriptorImpl")
                .getConstructor()
                .newInstance();
    }

    @Test
    void theirNamesArePackageAndAVerb() throws Exception {
        for (Class<? extends Step> type : steps()) {
            String expected = type.getSimpleName().replace("Step", "").replaceFirst("^P", "p");
            assertThat(descriptor(type).getFunctionName()).isEqualTo(expected).matches("package[A-Z][a-z]+");
            assertThat(descriptor(type).getDisplayName()).contains("Slipway");
        }
    }

    @Test
    void eachSaysWhatItDoes() throws Exception {
        for (Class<? extends Step> type : steps()) {
            assertThat(PluginFiles.RESOURCES.resolve(type.getName().replace('.', '/') + "/help.html"))
                    .isNotEmptyFile();
        }
    }

    @Test
    void onlyAWorkerNeedsAnAgent() throws Exception {
        for (Class<? extends Step> type : steps()) {
            List<String> needed = descriptor(type).getRequiredContext().stream()
                    .map(Class::getSimpleName)
                    .toList();
            assertThat(needed).contains("Run", "TaskListener");
            assertThat(needed.contains("FilePath"))
                    .as(type.getSimpleName())
                    .isEqualTo(type.getSimpleName().equals("PackageWorkerStep"));
        }
    }

    @Test
    void theirLabelsAreShortAndNameNoCredentials() throws Exception {
        for (Class<? extends Step> type : steps()) {
            Map<String, Object> arguments = new HashMap<>();
            for (String name : List.of("platforms", "kinds", "builds", "packages", "repositories")) {
                arguments.put(name, List.of("x".repeat(500)));
            }
            arguments.put("credentialsId", "which-key");
            arguments.put("passphraseCredentialsId", "which-passphrase");
            String label = descriptor(type).argumentsToString(arguments);
            if (label != null) {
                assertThat(label).hasSizeLessThanOrEqualTo(80).doesNotContain("which-");
            }
        }
    }

    @Test
    void emptyFieldsOfAFormCountAsAbsent() throws Exception {
        for (Class<? extends Step> type : steps()) {
            for (Method setter : type.getMethods()) {
                if (setter.isAnnotationPresent(DataBoundSetter.class)
                        && setter.getParameterTypes()[0] == String.class) {
                    Step step = plain(type);
                    setter.invoke(step, "  ");
                    assertThat(get(step, setter.getName().substring(3)))
                            .as(type.getSimpleName() + "." + setter.getName())
                            .isNull();
                }
            }
        }
    }

    private static Object get(Step step, String property) throws ReflectiveOperationException {
        try {
            return step.getClass().getMethod("get" + property).invoke(step);
        } catch (NoSuchMethodException e) {
            return step.getClass().getMethod("is" + property).invoke(step);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Test
    void whatAFormChecksAtFirstIsWhatAScriptMeansByNothing() throws Exception {
        for (Class<? extends Step> type : steps()) {
            Step step = plain(type);
            Path form = PluginFiles.RESOURCES
                    .resolve(type.getName().replace('.', '/'))
                    .resolve("config.jelly");
            List<Element> elements = PluginFiles.elements(PluginFiles.xml(form));
            for (Element entry : elements) {
                var boxes = entry.getElementsByTagNameNS("/lib/form", "checkbox");
                String field = entry.getAttribute("field");
                if (!field.isEmpty() && boxes.getLength() == 1) {
                    String property = field.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + field.substring(1);
                    assertThat(((Element) boxes.item(0)).getAttribute("default").equals("true"))
                            .as(type.getSimpleName() + "." + field)
                            .isEqualTo(get(step, property));
                }
            }
        }
    }
}

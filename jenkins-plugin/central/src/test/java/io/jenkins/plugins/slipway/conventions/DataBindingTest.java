package io.jenkins.plugins.slipway.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.w3c.dom.Element;

/** What forms, scripts and YAML set can be read back, is explained, and is in the form. */
class DataBindingTest {
    private static Path folder(BoundClass bound) {
        return PluginFiles.RESOURCES.resolve(bound.node().name.replace('$', '/'));
    }

    @Test
    void thereAreBoundClasses() throws IOException {
        assertThat(BoundClass.all()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void everyBoundClassHasOnePublicConstructor() throws IOException {
        for (BoundClass bound : BoundClass.all()) {
            if (!bound.isConfiguration()) {
                assertThat(bound.constructors()).as(bound.node().name).hasSize(1);
                assertThat(bound.constructors().get(0).access & Opcodes.ACC_PUBLIC)
                        .as(bound.node().name)
                        .isNotZero();
                assertThat(bound.isAbstract()).as(bound.node().name).isFalse();
            }
        }
    }

    @Test
    void everyArgumentHasAGetterOfItsType() throws IOException {
        for (BoundClass bound : BoundClass.all()) {
            assertThat(bound.arguments().keySet())
                    .allSatisfy(argument -> assertThat(bound.getter(argument))
                            .as(bound.node().name + " " + argument)
                            .isNotNull());
        }
    }

    @Test
    void everyArgumentIsExplained() throws IOException {
        for (BoundClass bound : BoundClass.all()) {
            assertThat(bound.arguments().keySet())
                    .allSatisfy(argument -> assertThat(folder(bound).resolve("help-" + argument + ".html"))
                            .exists());
        }
    }

    @Test
    void everyExplanationIsOfAnArgument() throws IOException {
        for (BoundClass bound : BoundClass.all()) {
            try (Stream<Path> files = Files.list(folder(bound))) {
                assertThat(files.map(f -> f.getFileName().toString()).filter(n -> n.startsWith("help-")))
                        .allSatisfy(name -> assertThat(bound.arguments())
                                .containsKey(name.substring(5).replace(".html", "")));
            }
        }
    }

    @Test
    void explanationsAreSoundAndHoldNoCode() throws IOException {
        for (Path file : PluginFiles.endingWith(".html")) {
            List<Element> elements = PluginFiles.elements(PluginFiles.xml(file));
            assertThat(elements)
                    .as(PluginFiles.name(file))
                    .extracting(Element::getTagName)
                    .doesNotContain("script", "style", "iframe", "img");
            assertThat(elements.get(0).getTagName()).isEqualTo("div");
        }
    }

    @Test
    void everyArgumentIsInTheForm() throws IOException {
        for (BoundClass bound : BoundClass.all()) {
            TreeSet<String> fields = new TreeSet<>();
            PluginFiles.elements(PluginFiles.xml(folder(bound).resolve("config.jelly"))).stream()
                    .map(e -> e.getAttribute("field"))
                    .filter(f -> !f.isEmpty())
                    .forEach(fields::add);
            assertThat(fields)
                    .as(bound.node().name)
                    .containsExactlyElementsOf(new TreeSet<>(bound.arguments().keySet()));
        }
    }
}

package io.jenkins.plugins.slipway.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.slipway.check.ClassFiles;
import io.jenkins.plugins.slipway.check.References;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.tree.ClassNode;

/** The global configuration is loaded once by Jenkins, and stored whenever any of it is set. */
class ConfigurationTest {
    private ClassNode configuration;

    @BeforeEach
    void find() throws IOException {
        List<ClassNode> found = ClassFiles.ofPlugin().values().stream()
                .filter(n -> n.superName.equals("jenkins/model/GlobalConfiguration"))
                .toList();
        assertThat(found).hasSize(1);
        configuration = found.get(0);
    }

    @Test
    void jenkinsLoadsIt() {
        assertThat(configuration.interfaces).contains("hudson/model/PersistentDescriptor");
        assertThat(References.of(configuration).uses())
                .noneMatch(use -> use.name().equals("load"));
    }

    @Test
    void everySetterStoresIt() {
        List<String> setters = configuration.methods.stream()
                .filter(m -> m.name.startsWith("set"))
                .map(m -> m.name)
                .toList();
        assertThat(setters)
                .isNotEmpty()
                .allSatisfy(setter -> assertThat(References.of(configuration).uses())
                        .anyMatch(use -> use.in().equals(setter) && use.name().equals("save")));
    }
}

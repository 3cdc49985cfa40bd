package io.jenkins.plugins.slipway.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.client.steps.BuildArguments;
import dev.slipway.client.steps.ComposeArguments;
import dev.slipway.client.steps.ReleaseArguments;
import dev.slipway.client.steps.SignArguments;
import dev.slipway.client.steps.TestArguments;
import dev.slipway.client.steps.WorkerArguments;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Pipelines are tested with the arguments of the client library: the steps have the same. */
class StepArgumentsTest {
    private static final Map<String, Class<? extends Record>> RECORDS = Map.of(
            "PackageBuildStep", BuildArguments.class,
            "PackageSource", BuildArguments.Source.class,
            "PackageTestStep", TestArguments.class,
            "PackageSignStep", SignArguments.class,
            "PackageComposeStep", ComposeArguments.class,
            "PackageReleaseStep", ReleaseArguments.class,
            "PackageWorkerStep", WorkerArguments.class);
    private static final Set<String> OF_JENKINS =
            Set.of("server", "junitFile", "credentialsId", "passphraseCredentialsId");

    @Test
    void stepsAndTheClientAgree() throws IOException {
        int seen = 0;
        for (BoundClass bound : BoundClass.all()) {
            Class<? extends Record> record =
                    RECORDS.get(bound.node().name.substring(bound.node().name.lastIndexOf('/') + 1));
            if (record != null) {
                seen++;
                Set<String> arguments = new TreeSet<>(bound.arguments().keySet());
                arguments.removeAll(OF_JENKINS);
                if (record == SignArguments.class) {
                    arguments.remove("program");
                }
                assertThat(arguments).as(bound.node().name).isEqualTo(names(record));
            }
        }
        assertThat(seen).isEqualTo(RECORDS.size());
    }

    @Test
    void theUserGuideHasEveryArgument() throws IOException {
        String guide = Files.readString(Path.of(System.getProperty("plugin.folder"), "../docs/jenkins.md"));
        for (BoundClass bound : BoundClass.all()) {
            String name = bound.node().name.substring(bound.node().name.lastIndexOf('/') + 1);
            if (RECORDS.containsKey(name)) {
                String step = name.equals("PackageSource")
                        ? "packageBuild"
                        : "p" + name.substring(1, name.length() - "Step".length());
                String section = guide.split("\n#### " + step + "\n", 2)[1].split("\n#", 2)[0];
                for (String argument : bound.arguments().keySet()) {
                    assertThat(argument.equals("server") ? guide : section)
                            .as("%s of %s", argument, step)
                            .contains("`" + argument + "`");
                }
            }
        }
    }

    private static Set<String> names(Class<? extends Record> record) {
        Set<String> names = new TreeSet<>();
        for (RecordComponent component : record.getRecordComponents()) {
            JsonProperty other = component.getAccessor().getAnnotation(JsonProperty.class);
            names.add(other == null ? component.getName() : other.value());
        }
        return names;
    }
}

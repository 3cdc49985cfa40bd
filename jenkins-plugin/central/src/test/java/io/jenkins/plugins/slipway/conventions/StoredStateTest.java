package io.jenkins.plugins.slipway.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.slipway.check.ClassFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/**
 * What Jenkins stores or sends holds plain values only. Anything else is refused by its class filter, which shows as a
 * run that is not saved or a step that hangs; a secret would be readable in the file.
 */
class StoredStateTest {
    private static final Set<String> ROOTS = Set.of(
            "hudson/model/Action",
            "jenkins/model/RunAction2",
            "hudson/model/Describable",
            "jenkins/model/GlobalConfiguration",
            "com/cloudbees/hudson/plugins/folder/AbstractFolderProperty",
            "org/jenkinsci/plugins/workflow/steps/Step",
            "org/jenkinsci/plugins/workflow/steps/StepExecution",
            "jenkins/model/CauseOfInterruption",
            "jenkins/security/MasterToSlaveCallable",
            "jenkins/MasterToSlaveFileCallable");
    private static final Set<String> PLAIN = Set.of(
            "java/lang/String",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Boolean",
            "java/util/List",
            "java/util/ArrayList",
            "java/util/Map",
            "java/util/LinkedHashMap",
            "java/util/TreeMap");
    private static final Pattern NAMES = Pattern.compile("L([^;<]+)");

    private SortedMap<String, ClassNode> classes;

    @BeforeEach
    void read() throws IOException {
        classes = ClassFiles.ofPlugin();
    }

    private boolean inherits(ClassNode node, Set<String> wanted) {
        List<String> parents = new ArrayList<>(node.interfaces);
        parents.add(node.superName);
        return parents.stream()
                .anyMatch(p -> wanted.contains(p) || (classes.containsKey(p) && inherits(classes.get(p), wanted)));
    }

    private static List<FieldNode> storedFields(ClassNode node) {
        return node.fields.stream()
                .filter(f -> (f.access & (Opcodes.ACC_STATIC | Opcodes.ACC_TRANSIENT)) == 0)
                .toList();
    }

    /** The classes that end up in a file or on an agent: those that Jenkins stores and what their fields hold. */
    private Set<String> stored() {
        Set<String> stored = new LinkedHashSet<>();
        classes.values().stream().filter(n -> inherits(n, ROOTS)).forEach(n -> collect(n.name, stored));
        return stored;
    }

    private void collect(String name, Set<String> into) {
        ClassNode node = classes.get(name);
        if (node == null || !into.add(name)) {
            return;
        }
        collect(node.superName, into);
        storedFields(node).forEach(field -> named(field).forEach(type -> collect(type, into)));
        classes.values().stream().filter(c -> c.superName.equals(name)).forEach(c -> collect(c.name, into));
    }

    private static Set<String> named(FieldNode field) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAMES.matcher(field.signature == null ? field.desc : field.signature);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    @Test
    void theRunActionAndItsEntriesAreAmongThem() {
        assertThat(stored())
                .contains(
                        "io/jenkins/plugins/slipway/runs/SlipwayRunAction",
                        "io/jenkins/plugins/slipway/runs/TaskEntry",
                        "io/jenkins/plugins/slipway/servers/SlipwayServer");
    }

    @Test
    void fieldsHoldPlainValues() {
        List<String> problems = new ArrayList<>();
        for (String name : stored()) {
            for (FieldNode field : storedFields(classes.get(name))) {
                named(field).stream()
                        .filter(type -> !PLAIN.contains(type) && !classes.containsKey(type))
                        .forEach(type -> problems.add(name + "." + field.name + ": " + type));
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void noneIsARecord() {
        // Jenkins' XStream cannot set the fields of a record.
        assertThat(stored()).noneMatch(name -> classes.get(name).superName.equals("java/lang/Record"));
    }

    @Test
    void serializableOnesHaveAFixedVersion() {
        Set<String> serializable = Set.of(
                "java/io/Serializable",
                "java/io/IOException",
                "java/lang/Exception",
                "java/lang/RuntimeException",
                "org/jenkinsci/plugins/workflow/steps/StepExecution",
                "jenkins/model/CauseOfInterruption",
                "jenkins/security/MasterToSlaveCallable",
                "jenkins/MasterToSlaveFileCallable");
        assertThat(classes.values().stream()
                        .filter(n -> inherits(n, serializable))
                        .filter(n -> n.fields.stream().noneMatch(f -> f.name.equals("serialVersionUID")))
                        .map(n -> n.name))
                .isEmpty();
    }

    @Test
    void credentialsAreKeptByTheirIds() {
        assertThat(stored().stream()
                        .flatMap(name -> storedFields(classes.get(name)).stream())
                        .filter(f -> f.name.matches("(?i).*(secret|password|token|passphrase).*")
                                && !f.name.endsWith("CredentialsId")))
                .isEmpty();
    }
}

package io.jenkins.plugins.slipway.packed;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.slipway.check.ClassFiles;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;

class HpiTest {
    private static final String OWN = "WEB-INF/lib/slipway.jar";

    private static Map<String, byte[]> hpi;
    private static Map<String, byte[]> own;

    @BeforeAll
    static void open() throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(System.getProperty("plugin.hpi")))) {
            hpi = unzip(in);
        }
        own = unzip(new ByteArrayInputStream(hpi.get(OWN)));
    }

    private static Map<String, byte[]> unzip(InputStream in) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return files;
    }

    private static Set<String> lines(String file) throws IOException {
        assertThat(own).containsKey(file);
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(own.get(file)), StandardCharsets.UTF_8))) {
            return new TreeSet<>(in.lines().toList());
        }
    }

    /** The classes that carry an annotation, by binary name. */
    private static Set<String> annotated(String annotation) throws IOException {
        Set<String> names = new TreeSet<>();
        for (ClassNode node : ClassFiles.ofPlugin().values()) {
            boolean onClass = has(node.visibleAnnotations, annotation);
            boolean onMember = node.methods.stream().anyMatch(m -> has(m.visibleAnnotations, annotation))
                    || node.fields.stream().anyMatch(f -> has(f.visibleAnnotations, annotation));
            if (onClass || onMember) {
                names.add(node.name.replace('/', '.'));
            }
        }
        return names;
    }

    private static boolean has(List<AnnotationNode> annotations, String wanted) {
        return annotations != null
                && annotations.stream().anyMatch(a -> a.desc.equals("L" + wanted.replace('.', '/') + ";"));
    }

    @Test
    void holdsOurJarsAndNoOthers() {
        assertThat(hpi.keySet())
                .filteredOn(name -> name.endsWith(".jar"))
                .allMatch(name -> name.matches("WEB-INF/lib/slipway(-api-[^/]+|-client-[^/]+)?\\.jar"))
                .hasSize(3);
    }

    @Test
    void holdsNothingBesideItsJarsAndItsManifest() {
        assertThat(hpi.keySet())
                .allMatch(name -> name.startsWith("WEB-INF/lib/") || name.equals("META-INF/MANIFEST.MF"));
    }

    private static Attributes manifest(Map<String, byte[]> files) throws IOException {
        Attributes attributes =
                new Manifest(new ByteArrayInputStream(files.get("META-INF/MANIFEST.MF"))).getMainAttributes();
        for (String tool : List.of("Created-By", "Ant-Version", "Build-Jdk-Spec")) {
            attributes.remove(new Attributes.Name(tool));
        }
        return attributes;
    }

    @Test
    void bothManifestsAreTheSame() throws IOException {
        // Without it in the inner jar Jenkins refuses to save or send any class of the plugin.
        assertThat(manifest(own)).isEqualTo(manifest(hpi)).isNotEmpty();
    }

    @Test
    void theManifestSaysWhatJenkinsWantsToKnow() throws IOException {
        Attributes manifest = manifest(hpi);
        assertThat(manifest.getValue("Short-Name")).isEqualTo("slipway");
        assertThat(manifest.getValue("Group-Id")).isEqualTo("io.jenkins.plugins");
        assertThat(manifest.getValue("Jenkins-Version")).isEqualTo("2.541.3");
        assertThat(manifest.getValue("Hudson-Version")).isEqualTo("2.541.3");
        assertThat(manifest.getValue("Java-Version")).isEqualTo("17");
        assertThat(manifest.getValue("Plugin-License-Name")).isEqualTo("MIT");
        assertThat(manifest.getValue("Plugin-Version")).isEqualTo(manifest.getValue("Implementation-Version"));
        assertThat(manifest.getValue("Plugin-Dependencies").split(","))
                .allMatch(d -> d.matches("[a-z0-9-]+:[0-9][\\w.-]*(;resolution:=optional)?"))
                .anyMatch(d -> d.startsWith("credentials:"))
                .anyMatch(d -> d.matches("cloudbees-folder:.*;resolution:=optional"));
    }

    @Test
    void everyExtensionIsListed() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (String line : lines("META-INF/annotations/hudson.Extension.txt")) {
            // the readable twin of the binary list: class names after a kind, members after a hash
            listed.add(line.replaceAll("^.*?([A-Za-z_$][\\w$]*(\\.[\\w$]+)+).*$", "$1"));
        }
        assertThat(own).containsKey("META-INF/annotations/hudson.Extension");
        assertThat(listed).containsAll(annotated("hudson.Extension")).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void everySymbolIsListed() throws IOException {
        assertThat(lines("META-INF/services/annotations/org.jenkinsci.Symbol"))
                .isEqualTo(annotated("org.jenkinsci.Symbol"))
                .isNotEmpty();
    }

    @Test
    void everyInitializerIsListed() throws IOException {
        Set<String> initializers = annotated("hudson.init.Initializer");
        if (initializers.isEmpty()) {
            assertThat(own).doesNotContainKey("META-INF/services/annotations/hudson.init.Initializer");
        } else {
            assertThat(lines("META-INF/services/annotations/hudson.init.Initializer"))
                    .isEqualTo(initializers);
        }
    }

    @Test
    void describesItself() {
        assertThat(own).containsKey("index.jelly");
    }

    @Test
    void holdsNoSignatureAndNoLibrary() {
        assertThat(own.keySet())
                .filteredOn(name -> name.endsWith(".class"))
                .allMatch(name -> name.startsWith("io/jenkins/plugins/slipway/"))
                .noneMatch(name -> name.startsWith("io/jenkins/plugins/slipway/signatures/"));
    }

    @Test
    void parametersKeepTheirNames() throws IOException {
        // Stapler and the pipeline bind arguments by these.
        assertThat(ClassFiles.ofPlugin().get("io/jenkins/plugins/slipway/servers/SlipwayServer").methods)
                .filteredOn(m -> m.name.equals("<init>"))
                .singleElement()
                .satisfies(m -> assertThat(m.parameters).extracting(p -> p.name).containsExactly("id", "url"));
    }

    @Test
    void bundledJarsHoldOnlyOurOwnClasses() throws IOException {
        for (Map.Entry<String, byte[]> file : hpi.entrySet()) {
            if (file.getKey().endsWith(".jar") && !file.getKey().equals(OWN)) {
                assertThat(unzip(new ByteArrayInputStream(file.getValue())).keySet())
                        .as(file.getKey())
                        .filteredOn(name -> name.endsWith(".class"))
                        .isNotEmpty()
                        .allMatch(
                                name -> name.startsWith("dev/slipway/api/") || name.startsWith("dev/slipway/client/"));
            }
        }
    }
}

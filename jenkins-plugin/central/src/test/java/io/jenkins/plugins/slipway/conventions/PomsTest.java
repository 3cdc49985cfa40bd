package io.jenkins.plugins.slipway.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The two POMs of the plugin say the same, and the real one asks for every check that its parent offers. */
class PomsTest {
    private static final Path FOLDER = Path.of(System.getProperty("plugin.folder"));

    private static Element real;
    private static Element central;

    @BeforeAll
    static void read() throws Exception {
        real = parse(FOLDER.resolve("pom.xml"));
        central = parse(FOLDER.resolve("central/pom.xml"));
    }

    private static Element parse(Path file) throws Exception {
        try (var in = Files.newInputStream(file)) {
            Document document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
            return document.getDocumentElement();
        }
    }

    private static List<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        List<Element> children = new java.util.ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }

    private static String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent().trim();
    }

    private static String property(Element pom, String name) {
        return text(children(pom, "properties").get(0), name);
    }

    private static List<Element> dependencies(Element holder) {
        return children(children(holder, "dependencies").get(0), "dependency");
    }

    /** The plugins that ours depends on, by id; the value says whether it is optional. */
    private static Map<String, Boolean> pluginsOfTheRealOne() {
        Map<String, Boolean> plugins = new TreeMap<>();
        for (Element dependency : dependencies(real)) {
            if (!text(dependency, "scope").equals("test")
                    && !text(dependency, "groupId").equals("dev.slipway")) {
                plugins.put(
                        text(dependency, "artifactId"),
                        text(dependency, "optional").equals("true"));
            }
        }
        return plugins;
    }

    @Test
    void bothDependOnTheSamePlugins() {
        Map<String, Boolean> plugins = new TreeMap<>();
        for (String plugin : property(central, "plugin.dependencies").split(",")) {
            plugins.put(plugin.substring(0, plugin.indexOf(':')), plugin.endsWith(";resolution:=optional"));
        }
        assertThat(plugins).isEqualTo(pluginsOfTheRealOne());
    }

    @Test
    void bothAreForTheSameJenkins() {
        String version =
                property(real, "jenkins.version").replace("${jenkins.baseline}", property(real, "jenkins.baseline"));
        assertThat(property(central, "jenkins.version")).isEqualTo(version);
    }

    @Test
    void bothHaveTheSameNameAndLicence() {
        assertThat(text(real, "groupId")).isEqualTo(property(central, "plugin.groupId"));
        assertThat(text(real, "artifactId")).isEqualTo(property(central, "plugin.id"));
        assertThat(text(real, "name")).isEqualTo(property(central, "plugin.title"));
        assertThat(text(real, "url")).isEqualTo(property(central, "plugin.url"));
        assertThat(text(children(children(real, "licenses").get(0), "license").get(0), "name"))
                .isEqualTo("MIT");
    }

    @Test
    void bothTakeOkHttpInTheSameVersion() {
        Element managed = dependencies(children(real, "dependencyManagement").get(0)).stream()
                .filter(d -> text(d, "artifactId").equals("okhttp-api"))
                .findFirst()
                .orElseThrow();
        assertThat(Arrays.asList(property(central, "plugin.dependencies").split(",")))
                .contains("okhttp-api:" + text(managed, "version"));
        assertThat(text(managed, "version")).startsWith(property(central, "okhttp.version") + "-");
    }

    @ParameterizedTest
    @CsvSource({
        "spotless.check.skip, false",
        "ban-commons-lang-2.skip, false",
        "ban-deprecated-stapler.skip, false",
        "ban-junit4-imports.skip, false",
        "banObsoleteDependencyOverrides.skip, false",
        "hpi.strictBundledArtifacts, true"
    })
    void theRealOneAsksForEveryCheck(String name, String value) {
        assertThat(property(real, name)).isEqualTo(value);
    }

    @Test
    void theRealOneBundlesOurTwoJarsWithoutTheirLibraries() {
        assertThat(property(real, "hpi.bundledArtifacts").split(",")).containsExactly("slipway-api", "slipway-client");
        assertThat(dependencies(real).stream().filter(d -> text(d, "groupId").equals("dev.slipway")))
                .hasSize(2)
                .allSatisfy(d -> assertThat(text(
                                children(children(d, "exclusions").get(0), "exclusion")
                                        .get(0),
                                "artifactId"))
                        .isEqualTo("*"));
    }

    @Test
    void testsOnARunningJenkinsAreNamedSo() throws IOException {
        try (var files = Files.walk(FOLDER.resolve("src/test/java"))) {
            assertThat(files.filter(f -> f.toString().endsWith("Test.java")))
                    .isNotEmpty()
                    .allMatch(f -> f.toString().endsWith("JenkinsTest.java"));
        }
    }
}

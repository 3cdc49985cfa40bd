package io.jenkins.plugins.slipway.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** Pages are escaped, hold no code, and can be read by everybody. */
class JellyTest {
    private static final Pattern LETTERS = Pattern.compile("\\p{L}{2}");
    private static final Set<String> SHOWN =
            Set.of("title", "description", "add", "header", "tooltip", "alt", "subtitle", "aria-label");

    private interface Rule {
        void look(String where, Element element, List<String> problems);
    }

    private static List<String> problems(Rule rule) throws IOException {
        List<String> problems = new ArrayList<>();
        for (Path file : PluginFiles.endingWith(".jelly")) {
            for (Element element : PluginFiles.elements(PluginFiles.xml(file))) {
                rule.look(PluginFiles.name(file) + " <" + element.getTagName() + ">", element, problems);
            }
        }
        return problems;
    }

    private static List<Attr> attributes(Element element) {
        NamedNodeMap map = element.getAttributes();
        List<Attr> attributes = new ArrayList<>();
        for (int i = 0; i < map.getLength(); i++) {
            attributes.add((Attr) map.item(i));
        }
        return attributes;
    }

    @Test
    void everyPageEscapesByDefault() throws IOException {
        assertThat(PluginFiles.endingWith(".jelly"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Files.readAllLines(file).get(0))
                        .as(PluginFiles.name(file))
                        .isEqualTo("<?jelly escape-by-default='true'?>"));
    }

    @Test
    void noPageGoesAroundTheEscaping() throws IOException {
        assertThat(PluginFiles.endingWith(".jelly"))
                .allSatisfy(file -> assertThat(Files.readString(file))
                        .as(PluginFiles.name(file))
                        .doesNotContain("rawHtml", "j:out", "escapeText=\"false\"", "escape-by-default='false'"));
    }

    @Test
    void noPageHoldsScriptOrStyle() throws IOException {
        assertThat(problems((where, element, problems) -> {
                    if (Set.of("script", "style").contains(element.getLocalName())
                            && element.getNamespaceURI() == null) {
                        problems.add(where);
                    }
                    for (Attr attribute : attributes(element)) {
                        String name = attribute.getName();
                        if (name.equals("style") || name.startsWith("on") || name.equals("checkUrl")) {
                            problems.add(where + " " + name);
                        }
                        if (attribute.getValue().contains("javascript:")) {
                            problems.add(where + " " + attribute.getValue());
                        }
                    }
                }))
                .isEmpty();
    }

    @Test
    void noPageLoadsFromAnotherHost() throws IOException {
        assertThat(problems((where, element, problems) -> attributes(element).stream()
                        .filter(a -> Set.of("src", "href").contains(a.getName()))
                        .filter(a -> a.getValue().matches("(https?:)?//.*"))
                        .forEach(a -> problems.add(where + " " + a.getValue()))))
                .isEmpty();
    }

    @Test
    void linksThatOpenElsewhereTellNothing() throws IOException {
        assertThat(problems((where, element, problems) -> {
                    if (!element.getAttribute("target").isEmpty()
                            && !element.getAttribute("rel").equals("noopener noreferrer")) {
                        problems.add(where);
                    }
                }))
                .isEmpty();
    }

    @Test
    void whatPeopleReadComesFromProperties() throws IOException {
        assertThat(problems((where, element, problems) -> {
                    if (where.startsWith("index.jelly ")) {
                        return; // Jenkins shows it in the plugin manager as it stands
                    }
                    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
                        if (child.getNodeType() == Node.TEXT_NODE && speaks(child.getNodeValue())) {
                            problems.add(where + " " + child.getNodeValue().trim());
                        }
                    }
                    attributes(element).stream()
                            .filter(a -> SHOWN.contains(a.getName()) && speaks(a.getValue()))
                            .forEach(a -> problems.add(where + " " + a));
                }))
                .isEmpty();
    }

    private static boolean speaks(String text) {
        return LETTERS.matcher(text.replaceAll("\\$\\{[^}]*}", "")).find();
    }

    @Test
    void tablesHaveHeaderCellsWithAScope() throws IOException {
        assertThat(problems((where, element, problems) -> {
                    if (element.getTagName().equals("th")
                            && element.getAttribute("scope").isEmpty()) {
                        problems.add(where + " without scope");
                    }
                    if (element.getTagName().equals("table")
                            && element.getElementsByTagName("th").getLength() == 0) {
                        problems.add(where + " without header cells");
                    }
                }))
                .isEmpty();
    }

    @Test
    void whatScrollsSidewaysCanBeReachedByKeyboardAndHasAName() throws IOException {
        assertThat(problems((where, element, problems) -> {
                    if (element.getAttribute("class").equals("slipway-table")
                            && !(element.getAttribute("tabindex").equals("0")
                                    && element.getAttribute("role").equals("region")
                                    && element.getAttribute("aria-label").startsWith("${%"))) {
                        problems.add(where);
                    }
                }))
                .isEmpty();
    }

    @Test
    void onlyWhatABrowserKnowsToOperateIsOperated() throws IOException {
        assertThat(problems((where, element, problems) -> {
                    String tag = element.getTagName();
                    if (!element.getAttribute("tabindex").isEmpty()
                            && !element.getAttribute("role").equals("region")) {
                        problems.add(where + " tabindex");
                    }
                    if (Set.of("button", "link", "checkbox", "tab").contains(element.getAttribute("role"))) {
                        problems.add(where + " role");
                    }
                    if (tag.equals("a") && element.getAttribute("href").isEmpty()) {
                        problems.add(where + " without href");
                    }
                }))
                .isEmpty();
    }

    @Test
    void titledEntriesAreBoundToAField() throws IOException {
        assertThat(problems((where, element, problems) -> {
                    if (element.getTagName().equals("f:entry")
                            && !element.getAttribute("title").isEmpty()
                            && element.getAttribute("field").isEmpty()) {
                        problems.add(where + " " + element.getAttribute("title"));
                    }
                }))
                .isEmpty();
    }

    @Test
    void whatAPageIncludesIsThere() throws IOException {
        assertThat(problems((where, element, problems) -> {
                    Path folder = PluginFiles.RESOURCES
                            .resolve(where.substring(0, where.indexOf(' ')))
                            .getParent();
                    if (element.getTagName().equals("st:include")
                            && element.getAttribute("it").isEmpty()
                            && !Files.exists(folder.resolve(element.getAttribute("page")))) {
                        problems.add(where + " " + element.getAttribute("page"));
                    }
                    if (element.getTagName().equals("st:adjunct")) {
                        String base = element.getAttribute("includes").replace('.', '/');
                        if (!Files.exists(PluginFiles.RESOURCES.resolve(base + ".css"))
                                && !Files.exists(PluginFiles.RESOURCES.resolve(base + ".js"))) {
                            problems.add(where + " " + base);
                        }
                    }
                }))
                .isEmpty();
    }

    @Test
    void everyPageBelongsToAClass() throws IOException {
        Path classes = Path.of(System.getProperty("plugin.classes"));
        assertThat(PluginFiles.endingWith(".jelly")).allSatisfy(file -> {
            Path folder = PluginFiles.RESOURCES.relativize(file).getParent();
            if (folder != null) {
                assertThat(classes.resolve(folder + ".class"))
                        .as(PluginFiles.name(file))
                        .exists();
            }
        });
    }

    @Test
    void coloursAreThoseOfTheTheme() throws IOException {
        assertThat(PluginFiles.endingWith(".css"))
                .allSatisfy(file -> assertThat(Files.readString(file))
                        .as(PluginFiles.name(file))
                        .doesNotContainPattern("#[0-9a-fA-F]{3,8}\\b")
                        .doesNotContainPattern("\\b(rgb|hsl)a?\\(")
                        .doesNotContain("@import", "url("));
    }
}

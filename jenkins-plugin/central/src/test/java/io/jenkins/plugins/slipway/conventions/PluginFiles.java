package io.jenkins.plugins.slipway.conventions;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The plugin's resources. */
final class PluginFiles {
    static final Path RESOURCES = Path.of(System.getProperty("plugin.folder"), "src/main/resources");

    private PluginFiles() {}

    static List<Path> endingWith(String ending) throws IOException {
        try (Stream<Path> walk = Files.walk(RESOURCES)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** As people would name it in a message. */
    static String name(Path file) {
        return RESOURCES.relativize(file).toString();
    }

    static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                properties.load(in);
            }
        }
        return properties;
    }

    static Document xml(Path file) throws IOException {
        String text = Files.readString(file);
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(name(file) + ": " + e.getMessage(), e);
        }
    }

    static List<Element> elements(Document document) {
        NodeList all = document.getElementsByTagName("*");
        return Stream.iterate(0, i -> i + 1)
                .limit(all.getLength())
                .map(i -> (Element) all.item(i))
                .toList();
    }
}

package dev.slipway.packages.rpmmd;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** XML as lines, one per element with its attributes in order and its text, so that two documents compare by content. */
final class XmlTree {
    private XmlTree() {}

    static List<String> lines(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            Element root = factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement();
            List<String> lines = new ArrayList<>();
            add(lines, root, "");
            return lines;
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("not well-formed: " + xml, e);
        }
    }

    private static void add(List<String> lines, Element element, String path) {
        TreeMap<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            attributes.put(attribute.getNodeName(), attribute.getNodeValue());
        }
        boolean leaf = true;
        int place = lines.size();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                leaf = false;
                add(lines, inner, path + "/" + element.getLocalName());
            }
        }
        lines.add(
                place,
                path + "/{" + element.getNamespaceURI() + "}" + element.getLocalName() + " " + attributes
                        + (leaf ? " " + element.getTextContent() : ""));
    }
}

package dev.slipway.server.tests;

import dev.slipway.api.tasks.TestCase;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads the XML that JUnit, pytest and others write: test cases, perhaps in suites. No entities, nothing from outside. */
final class JUnitLog {
    private final XMLStreamReader xml;
    private final String test;
    private final String packageName;
    private final List<TestCase> cases = new ArrayList<>();

    private JUnitLog(XMLStreamReader xml, String test, String packageName) {
        this.xml = xml;
        this.test = test;
        this.packageName = packageName;
    }

    /** The cases of a test of that name, or nothing when the text is no such XML. */
    static Optional<List<TestCase>> read(String text, String test, String packageName) {
        if (!text.stripLeading().startsWith("<")) {
            return Optional.empty();
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            JUnitLog log =
                    new JUnitLog(factory.createXMLStreamReader(new StringReader(text.strip())), test, packageName);
            return log.read() ? Optional.of(log.cases) : Optional.empty();
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    private boolean read() throws XMLStreamException {
        boolean first = true;
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                String name = xml.getLocalName();
                if (first && !name.equals("testsuites") && !name.equals("testsuite")) {
                    return false;
                }
                first = false;
                if (name.equals("testcase")) {
                    cases.add(testCase());
                }
            }
        }
        return !cases.isEmpty();
    }

    private TestCase testCase() throws XMLStreamException {
        String suite = xml.getAttributeValue(null, "classname");
        String name = xml.getAttributeValue(null, "name");
        Long duration = milliseconds(xml.getAttributeValue(null, "time"));
        String status = "passed";
        StringBuilder output = new StringBuilder();
        while (xml.next() != XMLStreamConstants.END_ELEMENT
                || !xml.getLocalName().equals("testcase")) {
            if (xml.isStartElement()) {
                String element = xml.getLocalName();
                String word = status(element);
                if (word != null) {
                    status = word;
                    add(output, xml.getAttributeValue(null, "message"));
                    add(output, xml.getElementText());
                } else if (element.equals("system-out") || element.equals("system-err")) {
                    add(output, xml.getElementText());
                }
            }
        }
        String title = (suite == null || suite.isBlank() ? "" : suite + ".") + (name == null ? "unnamed" : name);
        return new TestCase(
                test + ": " + title, status, duration, output.isEmpty() ? null : output.toString(), packageName);
    }

    private static @Nullable String status(String element) {
        return switch (element) {
            case "failure" -> "failed";
            case "error" -> "error";
            case "skipped" -> "skipped";
            default -> null;
        };
    }

    private static void add(StringBuilder output, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            output.append(text.strip()).append('\n');
        }
    }

    private static @Nullable Long milliseconds(@Nullable String seconds) {
        try {
            double value = seconds == null ? Double.NaN : Double.parseDouble(seconds);
            return value >= 0 && value < Integer.MAX_VALUE ? Long.valueOf(Math.round(value * 1000)) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}

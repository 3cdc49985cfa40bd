package dev.slipway.client.steps;

import dev.slipway.api.tasks.TestCase;
import dev.slipway.client.follow.CleanText;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Test results in the form that Jenkins' {@code junit} step reads: one suite for each platform and architecture. */
final class JUnitXml {
    private JUnitXml() {}

    static String of(long buildId, List<TestReport> reports) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            for (TestReport report : reports) {
                suite(buildId, report, xml);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return text.toString();
    }

    private static void suite(long buildId, TestReport report, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        attribute("name", "build " + buildId + " " + report.place(), xml);
        attribute("tests", Integer.toString(report.cases().size()), xml);
        attribute("failures", Integer.toString(count(report, "failed")), xml);
        attribute("errors", Integer.toString(count(report, "error")), xml);
        attribute("skipped", Integer.toString(report.skipped()), xml);
        for (TestCase one : report.cases()) {
            testCase(report, one, xml);
        }
        if (report.cases().isEmpty() && !report.good()) {
            // Else a run whose tests could not start would look as if it had none.
            testCase(report, new TestCase("start", "error", null, report.task().error(), null), xml);
        }
        xml.writeEndElement();
    }

    private static int count(TestReport report, String status) {
        return (int)
                report.cases().stream().filter(c -> c.status().equals(status)).count();
    }

    private static void testCase(TestReport report, TestCase one, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testcase");
        String about = one.packageName() == null ? "all" : one.packageName();
        attribute("classname", report.task().platform() + "." + report.task().arch() + "." + about, xml);
        attribute("name", one.name(), xml);
        Long millis = one.durationMs();
        if (millis != null) {
            attribute("time", String.format(Locale.ROOT, "%.3f", millis / 1000.0), xml);
        }
        switch (one.status()) {
            case "failed" -> outcome("failure", one.output(), xml);
            case "error" -> outcome("error", one.output(), xml);
            case "skipped" -> xml.writeEmptyElement("skipped");
            default -> {
                if (one.output() != null) {
                    element("system-out", one.output(), xml);
                }
            }
        }
        xml.writeEndElement();
    }

    private static void outcome(String kind, @Nullable String output, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement(kind);
        String text = clean(output == null ? "" : output);
        String last = text.strip();
        attribute("message", last.substring(last.lastIndexOf('\n') + 1), xml);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void element(String name, String text, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(clean(text));
        xml.writeEndElement();
    }

    private static void attribute(String name, String value, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeAttribute(name, clean(value).replace('\n', ' '));
    }

    /** Without the characters that XML cannot hold. */
    private static String clean(String foreign) {
        return foreign.lines().map(CleanText::line).collect(Collectors.joining("\n"));
    }
}

package dev.bes.sandbox.managedapi.read;

import dev.bes.sandbox.document.Mistakes;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads XML into elements that know their position. A document type is refused, and with it every entity of one. */
final class XmlReader {

    private static final XMLInputFactory FACTORY = factory();
    private static final int MOST_LEVELS = 20;
    private static final Pattern ATTRIBUTE = Pattern.compile("\\G\\s+([^\\s=]+)\\s*=\\s*(?:\"[^\"]*\"|'[^']*')");

    /** A start tag; comments and the like come first, so that a tag inside them is none. */
    private static final Pattern START =
            Pattern.compile("<!--.*?-->|<!\\[CDATA\\[.*?]]>|<\\?.*?\\?>|<([^\\s/>!?][^\\s/>]*)", Pattern.DOTALL);

    private final XmlElement.Source source;
    private final Matcher starts;
    private final Deque<XmlElement> open = new ArrayDeque<>();
    private @Nullable XmlElement root;

    private XmlReader(XmlElement.Source source) {
        this.source = source;
        this.starts = START.matcher(source.text());
    }

    /** The root element; empty when the text is not well-formed, and the mistakes say why. */
    static Optional<XmlElement> read(String file, String text, Mistakes mistakes) {
        // line ends as the parser counts them
        String lines = text.replace("\r\n", "\n");
        return new XmlReader(new XmlElement.Source(file, lines, mistakes)).read();
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }

    private Optional<XmlElement> read() {
        try {
            XMLStreamReader xml = FACTORY.createXMLStreamReader(new StringReader(source.text()));
            while (xml.hasNext()) {
                if (!accept(xml, xml.next())) {
                    return Optional.empty();
                }
            }
            return Optional.ofNullable(root);
        } catch (XMLStreamException e) {
            int offset = e.getLocation() == null ? 0 : e.getLocation().getCharacterOffset();
            String message = Objects.requireNonNullElse(e.getMessage(), "").replaceAll("(?s).*Message: ", "");
            source.report(offset, "not well-formed XML: " + message, "close every tag and quote every attribute");
            return Optional.empty();
        }
    }

    private boolean accept(XMLStreamReader xml, int event) {
        int end = xml.getLocation().getCharacterOffset();
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> start(xml);
            case XMLStreamConstants.END_ELEMENT -> open.pop();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                open.element().add(xml.getText());
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
                source.report(
                        source.text().indexOf(event == XMLStreamConstants.DTD ? "<!DOCTYPE" : "&"),
                        "document types and entities are not supported",
                        "remove them; a policy document starts with <policies>");
                return false;
            }
            default -> {
                // comments and processing instructions say nothing to the gateway
            }
        }
        if (open.size() > MOST_LEVELS) {
            source.report(end, "more than " + MOST_LEVELS + " elements in each other", "write it flatter");
            return false;
        }
        return true;
    }

    /** The parser reads ahead of the element that it tells of, so the next start tag is found in the text. */
    private int nextStart() {
        while (starts.find()) {
            if (starts.group(1) != null) {
                return starts.start();
            }
        }
        throw new IllegalStateException("No start tag is left in " + source.file());
    }

    private void start(XMLStreamReader xml) {
        int offset = nextStart();
        XmlElement element = new XmlElement(source, xml.getLocalName(), offset);
        Matcher attribute = ATTRIBUTE.matcher(source.text());
        int from = offset + 1 + xml.getLocalName().length();
        for (boolean found = attribute.find(from); found; found = attribute.find()) {
            String name = attribute.group(1);
            String value = xml.getAttributeValue(null, name);
            element.attributes().put(name, new XmlElement.Attribute(value == null ? "" : value, attribute.start(1)));
        }
        if (open.isEmpty()) {
            root = element;
        } else {
            open.element().add(element);
        }
        open.push(element);
    }
}

package dev.bes.sandbox.managedapi.read;

import dev.bes.sandbox.document.Mistakes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An element of an XML document, with its position and those of its attributes. */
final class XmlElement {

    private final Source source;
    private final String name;
    private final int offset;
    private final Map<String, Attribute> attributes = new LinkedHashMap<>();
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    XmlElement(Source source, String name, int offset) {
        this.source = source;
        this.name = name;
        this.offset = offset;
    }

    /** An attribute with the offset of its name. */
    record Attribute(String value, int offset) {}

    /** The file that an element is from. */
    record Source(String file, String text, Mistakes mistakes) {

        void report(int offset, String problem, String advice) {
            int at = Math.min(offset, text.length());
            int line = 1
                    + (int) text.substring(0, at)
                            .chars()
                            .filter(it -> it == '\n')
                            .count();
            mistakes.add(file, line, at - text.lastIndexOf('\n', at - 1), problem, advice);
        }
    }

    String name() {
        return name;
    }

    List<XmlElement> children() {
        return children;
    }

    Map<String, Attribute> attributes() {
        return attributes;
    }

    /** The value of an attribute, if the element has it. */
    Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute)).map(Attribute::value);
    }

    /** The text directly in the element, without white space around it. */
    String text() {
        return text.toString().strip();
    }

    /** Reports the attributes that are not among these. */
    void allow(String... names) {
        for (String attribute : attributes.keySet()) {
            if (!List.of(names).contains(attribute)) {
                String known = names.length == 0 ? "it has none" : "known are " + String.join(", ", names);
                report(attribute, this + " has no attribute '" + attribute + "'", "remove it; " + known);
            }
        }
    }

    /** An attribute that has to be there; empty when it is not, or is an expression, which is reported elsewhere. */
    Optional<String> require(String attribute) {
        Optional<String> value = attribute(attribute);
        if (value.isEmpty()) {
            report(this + " has no attribute '" + attribute + "'", "add " + attribute + "=\"…\"");
        }
        return value.filter(it -> !Expressions.isOne(it));
    }

    /** A whole number from the least to the most; empty when there is none, or it is a mistake. */
    Optional<Long> number(String attribute, long least, long most) {
        Optional<String> value = attribute(attribute).filter(it -> !Expressions.isOne(it));
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String text = value.get();
        String given = attribute + "=\"" + text + "\"";
        if (!text.matches("\\d{1,15}")) {
            report(
                    attribute,
                    given + " is not a whole number",
                    "write digits only, as in " + attribute + "=\"" + Math.max(5, least) + "\"");
        } else if (Long.parseLong(text) < least) {
            report(attribute, given + " is too small", "write " + least + " or more");
        } else if (Long.parseLong(text) > most) {
            report(attribute, given + " is too large", "write " + most + " or less");
        } else {
            return Optional.of(Long.valueOf(text));
        }
        return Optional.empty();
    }

    void add(XmlElement child) {
        children.add(child);
    }

    void add(String characters) {
        text.append(characters);
    }

    /** Reports a mistake at the start of the element. */
    void report(String problem, String advice) {
        source.report(offset, problem, advice);
    }

    /** Reports a mistake at an attribute; at the start of the element when it does not have it. */
    void report(String attribute, String problem, String advice) {
        Attribute at = attributes.get(attribute);
        source.report(at == null ? offset : at.offset(), problem, advice);
    }

    @Override
    public String toString() {
        return "<" + name + ">";
    }
}

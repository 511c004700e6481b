package dev.bes.orchestrator.definition.yaml;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** A value of a document, for checks that look at it and may object to it. Values already blamed look absent. */
public record NodeCursor(Document document, Diagnostics findings, JsonPointer pointer) {

    /** The last word of a pointer as a person writes it: {@code cron}, {@code columns[1]}. */
    static String name(JsonPointer pointer) {
        JsonPointer last = pointer.last();
        return last.mayMatchElement() && pointer.length() > last.length()
                ? name(pointer.head()) + "[" + last.getMatchingIndex() + "]"
                : last.getMatchingProperty();
    }

    public String name() {
        return name(pointer);
    }

    public NodeCursor at(String key) {
        return new NodeCursor(document, findings, pointer.appendProperty(key));
    }

    public boolean isPresent() {
        return !node().isMissingNode();
    }

    public boolean isObject() {
        return node().isObject() && !findings.blames(pointer);
    }

    /** The text, when it is text that nobody has objected to. */
    public Optional<String> text() {
        return node().isString() && !findings.blames(pointer) ? Optional.of(node().asString()) : Optional.empty();
    }

    public Stream<NodeCursor> elements() {
        return IntStream.range(0, node().isArray() ? node().size() : 0)
                .mapToObj(i -> new NodeCursor(document, findings, pointer.appendIndex(i)));
    }

    /** The keys of an object, in the order of the file. */
    public List<String> keys() {
        return List.copyOf(node().propertyNames());
    }

    public Stream<NodeCursor> values() {
        return keys().stream().map(this::at);
    }

    /** Objects to the value. */
    public void object(String message, @Nullable String hint) {
        findings.add(document.valuePlace(pointer), message, hint);
        findings.blame(pointer);
    }

    /** Warns of the value, which stays good. */
    public void warn(String message, @Nullable String hint) {
        findings.warn(document.valuePlace(pointer), message, hint);
    }

    /** Objects to the key. */
    public void objectToName(String message, @Nullable String hint) {
        findings.add(document.keyPlace(pointer), message, hint);
    }

    /** Warns of the key. */
    public void warnOfName(String message, @Nullable String hint) {
        findings.warn(document.keyPlace(pointer), message, hint);
    }

    /** Where the key stands, as compilers write it. */
    public String whereNamed() {
        return findings.where(document.keyPlace(pointer));
    }

    /** Where the value stands, or what is around it, as compilers write it. */
    public String where() {
        return findings.where(document.valuePlace(pointer));
    }

    /** Objects to the absence of a key, unless it was misspelt. */
    public void miss(String key, String hint) {
        if (!findings.blames(pointer.appendProperty(key))) {
            findings.add(document.keyPlace(pointer), "missing key '" + key + "'", hint);
        }
    }

    private JsonNode node() {
        return document.root().at(pointer);
    }
}

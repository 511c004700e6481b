package dev.bes.orchestrator.definition.yaml;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** A value of a document, for checks that report problems about it. Values with reported problems look absent. */
public record NodeCursor(Document document, Diagnostics diagnostics, JsonPointer pointer) {

    /** The last segment of a pointer as people write it: {@code cron}, {@code columns[1]}. */
    static String name(JsonPointer pointer) {
        JsonPointer last = pointer.last();
        return last.mayMatchElement() && pointer.length() > last.length()
                ? name(pointer.head()) + "[" + last.getMatchingIndex() + "]"
                : last.getMatchingProperty();
    }

    /** Its key, or its list and index. */
    public String name() {
        return name(pointer);
    }

    /** The value of a key, present or not. */
    public NodeCursor at(String key) {
        return new NodeCursor(document, diagnostics, pointer.appendProperty(key));
    }

    public boolean isPresent() {
        return !node().isMissingNode();
    }

    /** Whether it is an object without a reported problem. */
    public boolean isObject() {
        return node().isObject() && !diagnostics.isInvalid(pointer);
    }

    /** The text, if it is text without a reported problem. */
    public Optional<String> text() {
        return node().isString() && !diagnostics.isInvalid(pointer) ? Optional.of(node().asString()) : Optional.empty();
    }

    /** The number, if it is a whole one without a reported problem. */
    public Optional<Long> number() {
        return node().isIntegralNumber() && !diagnostics.isInvalid(pointer)
                ? Optional.of(node().longValue(Long.MAX_VALUE))
                : Optional.empty();
    }

    /** The elements of a list; empty if it is no list. */
    public Stream<NodeCursor> elements() {
        return IntStream.range(0, node().isArray() ? node().size() : 0)
                .mapToObj(i -> new NodeCursor(document, diagnostics, pointer.appendIndex(i)));
    }

    /** The keys of an object, in the order of the file. */
    public List<String> keys() {
        return List.copyOf(node().propertyNames());
    }

    /** The values of an object. */
    public Stream<NodeCursor> values() {
        return keys().stream().map(this::at);
    }

    /** Reports a mistake in the value. */
    public void report(String message, @Nullable String hint) {
        diagnostics.add(document.valueLocation(pointer), message, hint);
        diagnostics.markInvalid(pointer);
    }

    /** Reports a warning about the value, which stays valid. */
    public void warn(String message, @Nullable String hint) {
        diagnostics.warn(document.valueLocation(pointer), message, hint);
    }

    /** Reports a mistake in the key. */
    public void reportKey(String message, @Nullable String hint) {
        diagnostics.add(document.keyLocation(pointer), message, hint);
    }

    /** Reports a warning about the key. */
    public void warnKey(String message, @Nullable String hint) {
        diagnostics.warn(document.keyLocation(pointer), message, hint);
    }

    /** The location of the key, as compilers write it. */
    public String keyLocation() {
        return diagnostics.where(document.keyLocation(pointer));
    }

    /** The location of the value or its nearest parent, as compilers write it. */
    public String location() {
        return diagnostics.where(document.valueLocation(pointer));
    }

    /** Reports a missing key, unless it was misspelt. */
    public void reportMissing(String key, String hint) {
        if (!diagnostics.isInvalid(pointer.appendProperty(key))) {
            diagnostics.add(document.keyLocation(pointer), "missing key '" + key + "'", hint);
        }
    }

    private JsonNode node() {
        return document.root().at(pointer);
    }
}

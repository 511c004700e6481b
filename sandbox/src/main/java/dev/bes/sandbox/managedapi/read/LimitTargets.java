package dev.bes.sandbox.managedapi.read;

import dev.bes.sandbox.managedapi.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what the nested {@code <api>} and {@code <operation>} elements of a limit count. */
final class LimitTargets {

    private final String apiId;
    private final String apiName;
    private final List<Operation> operations;

    LimitTargets(String apiId, String apiName, List<Operation> operations) {
        this.apiId = apiId;
        this.apiName = apiName;
        this.operations = operations;
    }

    /**
     * A nested limit.
     *
     * @param operation the id of the operation that it counts; null when it counts the calls of the API
     */
    record Target(XmlElement element, @Nullable String operation) {}

    List<Target> in(XmlElement limit) {
        List<Target> targets = new ArrayList<>();
        for (XmlElement api : children(limit, "api")) {
            if (matches(api, apiId, apiName)) {
                targets.add(new Target(api, null));
                children(api, "operation").forEach(it -> operation(it).ifPresent(targets::add));
            } else {
                report(api, List.of(apiId));
            }
        }
        return targets;
    }

    private Optional<Target> operation(XmlElement at) {
        Optional<Operation> counted = operations.stream()
                .filter(it -> matches(at, it.id(), it.displayName()))
                .findFirst();
        if (counted.isEmpty()) {
            report(at, operations.stream().map(Operation::id).toList());
        }
        PolicyElements.isEmpty(at);
        return counted.map(it -> new Target(at, it.id()));
    }

    /** With both attributes, {@code id} counts. Source: policy reference. */
    private static boolean matches(XmlElement at, String id, String name) {
        return at.attribute("id")
                .map(id::equals)
                .orElseGet(() -> at.attribute("name").map(name::equals).orElse(false));
    }

    private static void report(XmlElement at, List<String> known) {
        Optional<String> named = at.attribute("id").or(() -> at.attribute("name"));
        String attribute = at.attribute("id").isPresent() ? "id" : "name";
        at.report(
                attribute,
                named.map(it -> "there is no " + at.name() + " '" + it + "'").orElse(at + " names nothing"),
                "write id=\"…\" with one of " + String.join(", ", known));
    }

    private static List<XmlElement> children(XmlElement at, String name) {
        at.children().stream()
                .filter(it -> !it.name().equals(name))
                .forEach(it -> it.report(it + " in " + at, "write <" + name + "> elements only"));
        return at.children().stream().filter(it -> it.name().equals(name)).toList();
    }
}

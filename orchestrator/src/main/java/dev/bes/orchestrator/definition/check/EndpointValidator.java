package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.yaml.NodeCursor;
import dev.bes.orchestrator.text.Suggestion;
import java.util.List;
import java.util.Set;

/**
 * Checks the endpoint of a definition, and the one of its shadow.
 *
 * @param endpoints names of the configured endpoints
 */
record EndpointValidator(Set<String> endpoints) {

    /** Reports the mistakes of the keys {@code endpoint} and {@code shadow}. */
    void check(NodeCursor root) {
        checkName(root.at("endpoint"));
        NodeCursor shadow = root.at("shadow");
        NodeCursor other = shadow.at("endpoint");
        checkName(other);
        if (other.text().isPresent() && other.text().equals(root.at("endpoint").text())) {
            other.report("a shadow needs another endpoint than '" + other.text().get() + "'", null);
        }
        shadow.at("share")
                .text()
                .filter(share -> share.matches("[0.]+%"))
                .ifPresent(share -> shadow.at("share").report("'share' must be more than 0%", "or remove 'shadow'"));
    }

    private void checkName(NodeCursor endpoint) {
        List<String> known = endpoints.stream().sorted().toList();
        endpoint.text()
                .filter(name -> !endpoints.contains(name))
                .ifPresent(name -> endpoint.report(
                        "unknown endpoint '" + name + "'",
                        known.isEmpty() ? "none is configured" : Suggestion.hint(name, known)));
    }
}

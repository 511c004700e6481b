package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.yaml.NodeCursor;
import dev.bes.orchestrator.text.Suggestion;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Checks the endpoint of a definition, and that of its shadow.
 *
 * @param endpoints names of the configured endpoints
 */
public record EndpointValidator(Set<String> endpoints) {
    /**
     * Warns of definitions with several inputs, for an endpoint that takes one: each scoring there fails.
     *
     * @param oneInput whether an endpoint takes only one
     */
    public static void checkInputs(List<LocatedDefinition> all, Predicate<String> oneInput) {
        for (LocatedDefinition located : all) {
            int inputs = located.definition().inputs().size();
            Stream.of(located.root().at("endpoint"), located.root().at("shadow").at("endpoint"))
                    .filter(endpoint -> inputs > 1)
                    .forEach(endpoint -> endpoint.text()
                            .filter(oneInput)
                            .ifPresent(name -> endpoint.warn(
                                    "endpoint '%s' takes one input, and the definition has %d: each scoring there fails"
                                            .formatted(name, inputs),
                                    "join the inputs before")));
        }
    }

    /** Reports the mistakes of the keys {@code endpoint} and {@code shadow}. */
    void check(NodeCursor root) {
        checkName(root.at("endpoint"));
        checkName(root.at("shadow").at("endpoint"));
        checkShadow(root);
    }

    private static void checkShadow(NodeCursor root) {
        NodeCursor shadow = root.at("shadow");
        NodeCursor other = shadow.at("endpoint");
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

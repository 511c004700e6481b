package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.yaml.NodeCursor;

/** Checks by what scorings take turns. */
final class FairnessValidator {
    private FairnessValidator() {}

    /** Reports the mistakes of the key {@code fairness}, besides those of its template. */
    static void check(NodeCursor fairness) {
        NodeCursor key = fairness.at("key");
        if (fairness.isObject() && !key.isPresent() && !fairness.at("by").isPresent()) {
            fairness.reportMissing("key", "or write 'by'");
        } else if (key.isPresent() && fairness.at("by").isPresent()) {
            fairness.at("by").reportKey("'by' beside 'key': scorings take turns by one of them", null);
        } else if (key.text().filter(text -> !text.contains("${")).isPresent()) {
            key.report(
                    "'key' has no template: all scorings would have the same key",
                    "write ${request.NAME}, or leave it out");
        }
    }
}

package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.yaml.NodeCursor;

/** Checks how an output is checked. */
final class OutputValidator {
    private OutputValidator() {}

    /** Reports the mistakes of one output. */
    static void check(NodeCursor output) {
        boolean absent = output.at("header").text().filter("absent"::equals).isPresent();
        if (absent && output.at("columns").elements().findAny().isEmpty()) {
            output.at("header").reportKey("'header: absent' without 'columns'", "name all columns, in their order");
        }
    }
}

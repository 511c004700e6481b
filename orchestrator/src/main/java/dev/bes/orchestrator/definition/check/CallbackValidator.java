package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.yaml.NodeCursor;
import dev.bes.orchestrator.text.HttpAddress;

/** Checks the addresses that are called when a run ends. Whether they may be called is for the settings to say. */
final class CallbackValidator {
    private CallbackValidator() {}

    static void check(NodeCursor callbacks) {
        callbacks.elements().forEach(callback -> callback
                .text()
                .flatMap(HttpAddress::mistake)
                .ifPresent(mistake -> callback.report("a callback " + mistake, null)));
    }
}

package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.yaml.NodeCursor;
import dev.bes.orchestrator.text.HttpAddress;
import java.util.HashSet;
import java.util.Set;

/** Checks the addresses that are called when a run ends. Whether they may be called is for the settings to say. */
final class CallbackValidator {
    private CallbackValidator() {}

    static void check(NodeCursor callbacks) {
        Set<String> seen = new HashSet<>();
        callbacks
                .elements()
                .forEach(callback -> callback.text()
                        .ifPresent(address -> HttpAddress.mistake(address)
                                .ifPresentOrElse(mistake -> callback.report("a callback " + mistake, null), () -> {
                                    if (!seen.add(address)) {
                                        callback.report("the callback is there twice", "remove one of them");
                                    }
                                })));
    }
}

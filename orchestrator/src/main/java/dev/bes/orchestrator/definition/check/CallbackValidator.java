package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.yaml.NodeCursor;
import dev.bes.orchestrator.text.HttpAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Checks the addresses that are called when a run ends. */
public final class CallbackValidator {
    private CallbackValidator() {}

    /**
     * Warns of addresses that are not called, because the settings do not list them.
     *
     * @param allowed whether the settings list an address
     */
    public static void checkAllowed(List<LocatedDefinition> all, Predicate<String> allowed) {
        all.stream()
                .flatMap(located -> located.root().at("callbacks").elements())
                .forEach(callback -> callback.text()
                        .filter(address -> !allowed.test(address))
                        .ifPresent(address -> callback.warn(
                                "the callback is not called: orchestrator.callbacks.allow does not list its scheme and host",
                                "list them there, or remove the callback")));
    }

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

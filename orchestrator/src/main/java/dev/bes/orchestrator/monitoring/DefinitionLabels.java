package dev.bes.orchestrator.monitoring;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The values of the label {@code definition}. Only definitions of this service have labels of their own, and not more than a
 * limit, so that neither many definitions nor those of old runs multiply the time series.
 */
final class DefinitionLabels {
    /** The label of all others. */
    static final String OTHER = "other";

    private final Definitions definitions;
    private final int max;
    private final Set<String> own = ConcurrentHashMap.newKeySet();

    DefinitionLabels(Definitions definitions, int max) {
        this.definitions = definitions;
        this.max = max;
        definitions.all().stream().map(Definition::name).limit(max).forEach(own::add);
    }

    /** The label of something that this service may no longer know: its name, if it is among these. */
    static String known(String name, Set<String> names) {
        return names.contains(name) ? name : OTHER;
    }

    /** The label of a definition. One that was loaded later has its own while there are fewer than the limit. */
    String of(String definition) {
        if (own.size() < max && definitions.find(definition).isPresent()) {
            own.add(definition);
        }
        return known(definition, own);
    }
}

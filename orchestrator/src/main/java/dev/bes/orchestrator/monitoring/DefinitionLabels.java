package dev.bes.orchestrator.monitoring;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The values of the label {@code definition}. Only definitions of this service have labels of their own, and not more than a
 * limit, so that neither many definitions nor those of old runs multiply the time series.
 */
final class DefinitionLabels {
    /** The label of all others. */
    static final String OTHER = "other";

    private final Set<String> own;

    DefinitionLabels(Definitions definitions, int max) {
        this.own = definitions.all().stream().map(Definition::name).limit(max).collect(Collectors.toUnmodifiableSet());
    }

    /** The label of something that this service may no longer know: its name, if it is among these. */
    static String known(String name, Set<String> names) {
        return names.contains(name) ? name : OTHER;
    }

    /** The label of a definition. */
    String of(String definition) {
        return known(definition, own);
    }
}

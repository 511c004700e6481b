package dev.bes.orchestrator.run.acceptance;

import dev.bes.orchestrator.definition.Definition.Fairness;
import dev.bes.orchestrator.definition.template.KeyPattern;
import dev.bes.orchestrator.definition.template.TemplateValues;
import dev.bes.orchestrator.definition.template.Templates;
import dev.bes.orchestrator.run.InputSource;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The templates of a definition, filled in for one run.
 *
 * @param run the run
 * @param id its id
 * @param acceptedAt when it was accepted, by the database clock
 */
record ResolvedTemplates(NewRun run, long id, Instant acceptedAt) {

    Map<String, String> parameters(Map<String, InputSource> inputs) {
        TemplateValues values = values(inputs);
        Map<String, String> resolved = new LinkedHashMap<>();
        run.definition().parameters().forEach((name, text) -> resolved.put(name, Templates.resolve(text, values)));
        return resolved;
    }

    String delivery(Map<String, InputSource> inputs) {
        return Templates.resolvePath(run.definition().delivery().folder(), values(inputs));
    }

    /** The key by which a scoring takes turns with others of its definition; empty if it has none. */
    String fairnessKey(Map<String, InputSource> inputs) {
        Fairness fairness = run.definition().fairness();
        if (fairness == null) {
            return "";
        }
        TemplateValues values = values(inputs);
        String name = values.fileName();
        return PartitionKey.visible(
                fairness.by() == null
                        ? Templates.resolve(Objects.requireNonNull(fairness.key()), values)
                        : name == null
                                ? ""
                                : KeyPattern.of(fairness.by()).keyOf(name).orElse(""));
    }

    private TemplateValues values(Map<String, InputSource> inputs) {
        Iterator<InputSource> files = inputs.values().iterator();
        return new TemplateValues(
                run.definition().name(),
                Long.toString(id),
                acceptedAt,
                run.fireTime(),
                run.zone(),
                files.hasNext() ? files.next().name() : null,
                run.parameters());
    }
}

package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.RequestSchema;
import dev.bes.orchestrator.definition.RequestSchema.ParameterSchema;
import dev.bes.orchestrator.definition.template.TemplateVariable;
import dev.bes.orchestrator.definition.template.Templates;
import dev.bes.orchestrator.definition.yaml.NodeCursor;
import dev.bes.orchestrator.text.Suggestion;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Checks {@code request.schema}: its values, and that it and the templates name the same parameters. */
final class RequestSchemaValidator {
    private static final String PREFIX = "request.";

    private final NodeCursor root;
    private final NodeCursor schema;
    private final RequestSchema known;

    private RequestSchemaValidator(NodeCursor root, RequestSchema known) {
        this.root = root;
        this.schema = root.at("request").at("schema");
        this.known = known;
    }

    /** Reports the mistakes of a definition whose form is right. */
    static void check(NodeCursor root) {
        NodeCursor properties = root.at("request").at("schema").at("properties");
        properties.values().map(property -> property.at("pattern")).forEach(RequestSchemaValidator::checkPattern);
        RequestSchema known = RequestSchemaMapper.of(root.document().root());
        if (known != null && root.diagnostics().isValid()) {
            new RequestSchemaValidator(root, known).check();
        }
    }

    private static void checkPattern(NodeCursor pattern) {
        pattern.text().ifPresent(text -> {
            try {
                Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                pattern.report("'pattern' is no regular expression: " + e.getDescription(), null);
            }
        });
    }

    private void check() {
        Set<String> used = new TreeSet<>();
        texts().forEach(text -> checkTemplates(text, used));
        NodeCursor properties = schema.at("properties");
        for (ParameterSchema property : known.properties()) {
            NodeCursor at = properties.at(property.name());
            if (!used.contains(property.name())) {
                at.reportKey(
                        "no template uses ${request.%s}".formatted(property.name()),
                        Suggestion.hint(property.name(), List.copyOf(used)));
            }
            if (property.minimum() != null
                    && property.maximum() != null
                    && property.minimum().compareTo(property.maximum()) > 0) {
                at.at("minimum").report("'minimum' is greater than 'maximum'", null);
            }
            property.values()
                    .forEach(value -> property.mistake(value)
                            .ifPresent(mistake -> at.at("enum").report("'%s' %s".formatted(value, mistake), null)));
            String fallback = property.fallback();
            if (fallback != null) {
                property.mistake(fallback)
                        .ifPresent(mistake ->
                                at.at("default").report("'default' " + mistake + ", not '" + fallback + "'", null));
            }
        }
        List<String> names =
                known.properties().stream().map(ParameterSchema::name).toList();
        schema.at("required")
                .elements()
                .forEach(required -> required.text()
                        .filter(name -> !names.contains(name))
                        .ifPresent(name ->
                                required.report("unknown parameter '" + name + "'", Suggestion.hint(name, names))));
        root.at("triggers").at("schedules").elements().forEach(this::checkSchedule);
    }

    private Stream<NodeCursor> texts() {
        return Stream.of(
                        root.at("parameters").values(),
                        root.at("inputs").values().map(input -> input.at("from")),
                        Stream.of(
                                root.at("delivery").at("folder"),
                                root.at("partition"),
                                root.at("fairness").at("key")))
                .flatMap(texts -> texts);
    }

    private void checkTemplates(NodeCursor text, Set<String> used) {
        for (TemplateVariable variable : Templates.variables(text.text().orElse(""))) {
            if (!variable.name().startsWith(PREFIX)) {
                continue;
            }
            String name = variable.name().substring(PREFIX.length());
            used.add(name);
            List<String> names =
                    known.properties().stream().map(ParameterSchema::name).toList();
            if (known.find(name).isEmpty()) {
                text.report("%s is not in 'request.schema'".formatted(variable), Suggestion.hint(name, names));
            } else if (variable.isRequiredParameter()
                    && known.find(name).orElseThrow().fallback() == null
                    && !known.required().contains(name)) {
                text.report(
                        "%s has no value in a run that brings none".formatted(variable),
                        "list it under 'required', or give it a 'default'");
            }
        }
    }

    private void checkSchedule(NodeCursor schedule) {
        NodeCursor parameters = schedule.at("parameters");
        for (String name : parameters.keys()) {
            NodeCursor value = parameters.at(name);
            known.find(name)
                    .flatMap(property -> value.text().flatMap(property::mistake))
                    .ifPresent(mistake -> value.report("'%s' %s".formatted(name, mistake), null));
        }
    }
}

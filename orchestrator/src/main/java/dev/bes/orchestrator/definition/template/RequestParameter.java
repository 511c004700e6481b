package dev.bes.orchestrator.definition.template;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Input;
import dev.bes.orchestrator.definition.RequestSchema;
import dev.bes.orchestrator.definition.RequestSchema.ParameterSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that a request may have, because a template of the definition uses it.
 *
 * @param name its name
 * @param fallback its default; null if the request must have it
 * @param schema what its values may be; null if they may be any text
 */
public record RequestParameter(
        String name, @Nullable String fallback, @Nullable ParameterSchema schema) {
    private static final Pattern VARIABLE = Pattern.compile("[$][{]request[.]([A-Za-z0-9._-]+)(?::-([^}]*))?[}]");

    /** The parameters of a definition, in the order of its text. */
    public static List<RequestParameter> of(Definition definition) {
        RequestSchema schema = definition.requestSchema();
        Map<String, RequestParameter> parameters = new LinkedHashMap<>();
        List<String> texts = new ArrayList<>(definition.parameters().values());
        texts.add(definition.delivery().folder());
        definition.inputs().values().stream()
                .map(Input::from)
                .filter(Objects::nonNull)
                .forEach(texts::add);
        if (definition.partition() != null) {
            texts.add(definition.partition());
        }
        Definition.Fairness fairness = definition.fairness();
        if (fairness != null && fairness.key() != null) {
            texts.add(fairness.key());
        }
        for (String text : texts) {
            Matcher variable = VARIABLE.matcher(text);
            while (variable.find()) {
                RequestParameter found = new RequestParameter(variable.group(1), variable.group(2), null);
                // required as soon as one use has no default
                parameters.merge(found.name(), found, (a, b) -> a.fallback() == null ? a : b);
            }
        }
        return schema == null
                ? List.copyOf(parameters.values())
                : schema.properties().stream()
                        .map(property -> of(property, schema, parameters.get(property.name())))
                        .toList();
    }

    private static RequestParameter of(
            ParameterSchema property, RequestSchema schema, @Nullable RequestParameter used) {
        boolean required = schema.required().contains(property.name());
        String fallback =
                property.fallback() != null || required || used == null ? property.fallback() : used.fallback();
        return new RequestParameter(property.name(), fallback, property);
    }

    /**
     * Checks the parameters of a request against the templates and the schema of the definition.
     *
     * @throws UnknownParameterException if no template uses one of them
     * @throws InvalidParametersException if some do not fit the schema
     * @throws TemplateException if a required parameter is missing
     */
    public static void check(Definition definition, Map<String, String> given) {
        List<RequestParameter> parameters = of(definition);
        List<String> known = parameters.stream().map(RequestParameter::name).toList();
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw new UnknownParameterException(definition.name(), name, known);
            }
        }
        RequestSchema schema = definition.requestSchema();
        List<RequestSchema.Violation> violations = schema == null ? List.of() : schema.violations(given);
        if (!violations.isEmpty()) {
            throw new InvalidParametersException(definition.name(), violations);
        }
        for (RequestParameter parameter : parameters) {
            if (parameter.fallback() == null && !given.containsKey(parameter.name())) {
                throw TemplateVariable.missing(parameter.name());
            }
        }
    }
}

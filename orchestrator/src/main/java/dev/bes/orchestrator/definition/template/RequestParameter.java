package dev.bes.orchestrator.definition.template;

import dev.bes.orchestrator.definition.Definition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that a request may bring, since a template of the definition asks for it.
 *
 * @param name its name
 * @param fallback what is taken without it; null if it has to be brought
 */
public record RequestParameter(String name, @Nullable String fallback) {
    private static final Pattern VARIABLE = Pattern.compile("[$][{]request[.]([A-Za-z0-9._-]+)(?::-([^}]*))?[}]");

    /** The parameters of a definition, in the order in which they stand there. */
    public static List<RequestParameter> of(Definition definition) {
        Map<String, RequestParameter> parameters = new LinkedHashMap<>();
        List<String> texts = new ArrayList<>(definition.parameters().values());
        texts.add(definition.delivery().folder());
        for (String text : texts) {
            Matcher variable = VARIABLE.matcher(text);
            while (variable.find()) {
                RequestParameter found = new RequestParameter(variable.group(1), variable.group(2));
                // one place without a default is enough to need it
                parameters.merge(found.name(), found, (a, b) -> a.fallback() == null ? a : b);
            }
        }
        return List.copyOf(parameters.values());
    }

    /**
     * Checks the parameters of a request against the templates of the definition.
     *
     * @throws UnknownParameterException if no template uses one of them
     * @throws TemplateException if a template needs one that is not there
     */
    public static void check(Definition definition, Map<String, String> given) {
        List<RequestParameter> parameters = of(definition);
        List<String> known = parameters.stream().map(RequestParameter::name).toList();
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw new UnknownParameterException(definition.name(), name, known);
            }
        }
        for (RequestParameter parameter : parameters) {
            if (parameter.fallback() == null && !given.containsKey(parameter.name())) {
                throw TemplateVariable.notBrought(parameter.name());
            }
        }
    }
}

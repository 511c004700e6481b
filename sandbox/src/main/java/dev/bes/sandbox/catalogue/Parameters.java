package dev.bes.sandbox.catalogue;

import dev.bes.sandbox.problem.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads the {@code GlobalParameters} of a request. */
public final class Parameters {

    private Parameters() {}

    /**
     * The values to score with: those given, else the defaults.
     *
     * @throws dev.bes.sandbox.problem.Rejection when a name is unknown, a required one is missing or a value breaks
     *     its rule
     */
    public static Map<String, String> read(WebService service, JsonNode given) {
        if (!given.isObject() && !given.isNull() && !given.isMissingNode()) {
            throw Problem.REQUEST_BODY_INVALID.about();
        }
        Set<String> known = service.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
        if (!known.containsAll(given.propertyNames())) {
            throw Problem.UNEXPECTED_PARAMETER.about();
        }
        Map<String, String> values = new HashMap<>();
        for (Parameter parameter : service.parameters()) {
            values.put(parameter.name(), value(parameter, given.path(parameter.name())));
        }
        return values;
    }

    private static String value(Parameter parameter, JsonNode given) {
        String value = given.isValueNode() && !given.isNull() ? given.asString() : parameter.fallback();
        if (value == null) {
            throw Problem.MISSING_REQUIRED_GLOBAL_PARAMETERS.about();
        }
        if (!parameter.accepts(value)) {
            throw Problem.BAD_PARAMETER_VALUE.about(parameter.name());
        }
        return value;
    }
}

package dev.bes.sandbox.request;

import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.RequestAnswer.AddressCase;
import java.util.Map;

/** Reads the query of a request. */
public final class Query {

    private Query() {}

    /** The value of a parameter, or an empty text; the case of its name is regarded only if it is assumed to matter. */
    public static String value(Request request, String name, Assumptions assumptions) {
        return request.query(name)
                .or(() -> request.query().entrySet().stream()
                        .filter(parameter -> assumptions.has(AddressCase.IGNORED))
                        .filter(parameter -> parameter.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .orElse("");
    }
}

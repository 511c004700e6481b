package dev.bes.sandbox.portal.developer;

import dev.bes.sandbox.managedapi.Operation;
import dev.bes.sandbox.managedapi.OperationParameter;
import dev.bes.sandbox.managedapi.OperationParameter.In;
import dev.bes.sandbox.portal.PageRequest;
import dev.bes.sandbox.samples.SampleLanguage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a visitor entered to try an operation.
 *
 * @param values the values of the parameters in path and query, by name, each parameter of the operation once
 * @param userId who the visitor says that he is
 * @param sid the subscription whose key is sent; empty for none
 * @param headers further headers, one a line, as {@code Name: value}
 * @param body the body; empty for none
 */
public record TryItForm(
        Map<String, String> values, String userId, String sid, String headers, String body, SampleLanguage language) {

    static final String PARAMETER = "p.";

    /** The height of the field of the body, in lines. */
    public long bodyRows() {
        return Math.clamp(body.lines().count() + 1, 8, 24);
    }

    /** The form as it was sent. */
    static TryItForm sent(Operation operation, PageRequest request) {
        Map<String, String> values = new LinkedHashMap<>();
        parameters(operation).forEach(each -> values.put(each.name(), request.field(PARAMETER + each.name())));
        String body = operation.request() == null ? "" : request.field("body");
        return new TryItForm(
                values,
                request.field("user"),
                request.field("subscription"),
                request.field("headers"),
                body,
                language(request));
    }

    /** The same form of a user that there is, with one of the user's subscriptions unless it has none at all. */
    TryItForm fitted(Visitors visitors) {
        String user = visitors.known(userId);
        boolean fits = sid.isEmpty() || visitors.subscription(user, sid).isPresent();
        return new TryItForm(values, user, fits ? sid : visitors.first(user), headers, body, language);
    }

    /** The parameters that are fields of the form; headers have a field of their own together. */
    static List<OperationParameter> parameters(Operation operation) {
        return operation.parameters().stream()
                .filter(it -> it.in() != In.HEADER)
                .toList();
    }

    /** The language that the visitor last looked at. */
    private static SampleLanguage language(PageRequest request) {
        return Arrays.stream(SampleLanguage.values())
                .filter(it -> it.name().equals(request.field("language")))
                .findFirst()
                .orElse(SampleLanguage.CURL);
    }
}

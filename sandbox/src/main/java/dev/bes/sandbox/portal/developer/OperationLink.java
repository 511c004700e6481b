package dev.bes.sandbox.portal.developer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.managedapi.Operation;
import dev.bes.sandbox.managedapi.OperationParameter;
import dev.bes.sandbox.managedapi.OperationParameter.In;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A link to the page of an operation.
 *
 * @param href the page's address; it carries the visitor, his subscription and the values that he entered for parameters
 *     of the same name
 */
public record OperationLink(String id, String displayName, String method, String href) {

    /** The links to all operations of an API. */
    static List<OperationLink> all(ManagedApi api, TryItForm form) {
        return api.operations().stream().map(to -> of(api, to, form, "")).toList();
    }

    /** The links to the operations that take the text which a call answered, as the id of a job. */
    static List<OperationLink> next(ManagedApi api, Operation from, TryItForm form, Optional<String> answered) {
        return answered.stream()
                .flatMap(text -> api.operations().stream()
                        .filter(to ->
                                !to.equals(from) && open(to, form).findAny().isPresent())
                        .map(to -> of(api, to, form, text)))
                .toList();
    }

    /** The variables of an operation's path for which the visitor had no field. */
    private static Stream<OperationParameter> open(Operation to, TryItForm form) {
        return variables(to).filter(it -> !form.values().containsKey(it.name()));
    }

    private static Stream<OperationParameter> variables(Operation operation) {
        return operation.parameters().stream().filter(it -> it.in() == In.PATH);
    }

    /** @param answered the value of the other variables; empty for none */
    private static OperationLink of(ManagedApi api, Operation to, TryItForm form, String answered) {
        StringBuilder query = new StringBuilder();
        add(query, "user", form.userId());
        add(query, "subscription", form.sid());
        variables(to).forEach(parameter -> {
            String value = form.values().getOrDefault(parameter.name(), answered);
            if (form.values().containsKey(parameter.name()) || !answered.isEmpty()) {
                add(query, parameter.name(), value);
            }
        });
        String page = "/portal/apis/" + encoded(api.id()) + "/operations/" + encoded(to.id());
        return new OperationLink(to.id(), to.displayName(), to.method(), page + query);
    }

    private static void add(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? '?' : '&')
                .append(encoded(name))
                .append('=')
                .append(encoded(value));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}

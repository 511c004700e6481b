package dev.bes.sandbox.portal.developer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.managedapi.Operation;
import dev.bes.sandbox.managedapi.OperationParameter;
import dev.bes.sandbox.managedapi.OperationParameter.In;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;

/**
 * A link to the page of an operation.
 *
 * @param href the page's address; it carries the values that the visitor entered for parameters of the same name
 * @param next whether it takes the text that the latest call answered, as the id of a job
 */
public record OperationLink(String id, String displayName, String method, String href, boolean next) {

    /** The links to all operations of an API. */
    static List<OperationLink> all(ManagedApi api, Operation from, TryItForm form, Optional<String> answered) {
        return api.operations().stream()
                .map(to -> of(api, to, from, form, answered))
                .toList();
    }

    private static OperationLink of(
            ManagedApi api, Operation to, Operation from, TryItForm form, Optional<String> answered) {
        StringBuilder query = new StringBuilder("?subscription=").append(encoded(form.sid()));
        boolean next = false;
        for (OperationParameter parameter : to.parameters()) {
            String value = form.values().get(parameter.name());
            if (value == null && parameter.in() == In.PATH && answered.isPresent()) {
                value = answered.get();
                next = true;
            }
            if (value != null && parameter.in() == In.PATH) {
                query.append('&').append(encoded(parameter.name())).append('=').append(encoded(value));
            }
        }
        String page = "/portal/apis/" + encoded(api.id()) + "/operations/" + encoded(to.id());
        return new OperationLink(to.id(), to.displayName(), to.method(), page + query, next && !to.equals(from));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}

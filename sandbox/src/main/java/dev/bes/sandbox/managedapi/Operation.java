package dev.bes.sandbox.managedapi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the managed API.
 *
 * @param id the name of its resource: the {@code operationId} of the OpenAPI document as API Management normalizes it
 * @param displayName the {@code summary} of the OpenAPI document
 * @param method the HTTP method in capital letters
 * @param path the path of the URL template below the API's path, as {@code /jobs/{jobid}}
 * @param parameters the parameters of path and query, and headers
 * @param request the body of a request; null when it has none
 */
public record Operation(
        String id,
        String displayName,
        String description,
        String method,
        String path,
        List<OperationParameter> parameters,
        @Nullable MessageBody request,
        List<OperationResponse> responses) {

    /** The URL template as API Management shows it: the path with the required query parameters. */
    public String urlTemplate() {
        StringBuilder template = new StringBuilder(path);
        char separator = '?';
        for (OperationParameter each : templateQuery()) {
            template.append(separator)
                    .append(each.name())
                    .append("={")
                    .append(each.name())
                    .append('}');
            separator = '&';
        }
        return template.toString();
    }

    /** The query parameters of the URL template: a call without one of them matches another operation or none. */
    public List<OperationParameter> templateQuery() {
        return parameters.stream()
                .filter(it -> it.in() == OperationParameter.In.QUERY && it.required())
                .toList();
    }
}

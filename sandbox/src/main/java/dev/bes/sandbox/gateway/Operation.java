package dev.bes.sandbox.gateway;

import dev.bes.sandbox.http.Request;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The operations of the managed API with their templates: path, method and required query parameters. */
enum Operation {
    RRS_EXECUTE("RRS Execute", "POST", "/execute", "details"),
    BES_SUBMIT("BES Submit", "POST", "/jobs", "api-version"),
    BES_START("BES Start", "POST", "/jobs/[^/]+/start", "api-version"),
    BES_STATUS("BES Status", "GET", "/jobs/[^/]+", "api-version"),
    BES_DELETE("BES Delete", "DELETE", "/jobs/[^/]+", "api-version");

    final String title;
    private final String method;
    private final Pattern path;
    private final String parameter;

    Operation(String title, String method, String path, String parameter) {
        this.title = title;
        this.method = method;
        this.path = Pattern.compile("/(workspaces|subscriptions)/[^/]+/services/[^/]+" + path);
        this.parameter = parameter;
    }

    static Optional<Operation> of(Request request) {
        return Arrays.stream(values())
                .filter(operation -> operation.matches(request))
                .findFirst();
    }

    private boolean matches(Request request) {
        return request.method().equals(method)
                && path.matcher(request.path()).matches()
                && request.query("api-version").isPresent()
                && request.query(parameter).isPresent();
    }
}

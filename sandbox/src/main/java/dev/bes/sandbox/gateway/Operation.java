package dev.bes.sandbox.gateway;

import dev.bes.sandbox.http.Request;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The operations of the managed API with their templates: path, method and required query parameters. */
enum Operation {
    RRS_EXECUTE("POST", "/execute", "details"),
    BES_SUBMIT("POST", "/jobs", "api-version"),
    BES_START("POST", "/jobs/[^/]+/start", "api-version"),
    BES_STATUS("GET", "/jobs/[^/]+", "api-version"),
    BES_DELETE("DELETE", "/jobs/[^/]+", "api-version");

    private final String method;
    private final Pattern path;
    private final String parameter;

    Operation(String method, String path, String parameter) {
        this.method = method;
        this.path = Pattern.compile("/(workspaces|subscriptions)/[^/]+/services/[^/]+" + path);
        this.parameter = parameter;
    }

    static Optional<Operation> of(Request request) {
        return Arrays.stream(values())
                .filter(operation -> operation.matches(request))
                .findFirst();
    }

    /** Its id in the OpenAPI document. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private boolean matches(Request request) {
        return request.method().equals(method)
                && path.matcher(request.path()).matches()
                && request.query("api-version").isPresent()
                && request.query(parameter).isPresent();
    }
}

package dev.bes.sandbox.management.rest;

import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.management.ManagementError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers for a resource provider in Azure's manner: checks address, token and version, and finds the route. Source: the
 * specifications of Azure's REST APIs.
 */
public final class ManagementApi implements Handler {

    /** The pattern of one name in an address: of a subscription, a resource group, a service. */
    public static final String NAME = "[A-Za-z0-9._()-]{1,90}";

    private static final Logger log = LoggerFactory.getLogger(ManagementApi.class);

    private final Pattern address;
    private final Function<Request, Optional<ManagementError>> authentication;
    private final boolean versioned;
    private final List<ManagementRoute> routes;

    /**
     * Creates an API.
     *
     * @param address its addresses: the first group is the resource that routes are below, the second one the path of a route
     * @param authentication why a request is refused; empty if its token is good
     * @param versioned whether a request must have the parameter {@code api-version}
     * @param routes the first that matches answers
     */
    public ManagementApi(
            Pattern address,
            Function<Request, Optional<ManagementError>> authentication,
            boolean versioned,
            List<ManagementRoute> routes) {
        this.address = address;
        this.authentication = authentication;
        this.versioned = versioned;
        this.routes = List.copyOf(routes);
    }

    /**
     * The API of API Management. Any names of subscription, resource group and service lead to the one service of the sandbox.
     *
     * @param token what callers send as {@code Authorization: Bearer …}
     */
    public static ManagementApi ofApiManagement(String token, List<ManagementRoute> routes) {
        Pattern address = Pattern.compile(
                "(/subscriptions/" + NAME + "/resourceGroups/" + NAME + "/providers/Microsoft\\.ApiManagement/service/"
                        + NAME + ")(/.*)?",
                Pattern.CASE_INSENSITIVE);
        return new ManagementApi(address, new FixedToken(token), true, routes);
    }

    /** Whether a path is one of its addresses. */
    public boolean owns(String path) {
        return address.matcher(path).matches();
    }

    @Override
    public Reply handle(Request request) {
        try {
            return answer(request.withQueryInAnyCase());
        } catch (ManagementError e) {
            return ArmJson.error(e);
        } catch (RuntimeException e) {
            log.error("{} {} failed", request.method(), request.path(), e);
            return ArmJson.error(
                    new ManagementError(500, "InternalServerError", "The log of the sandbox says why.", List.of()));
        }
    }

    private Reply answer(Request request) {
        Matcher found = address.matcher(request.path());
        if (!found.matches()) {
            throw ManagementError.notFound("Not an address of this API.");
        }
        Optional<ManagementError> refusal = authentication.apply(request);
        if (refusal.isPresent()) {
            return ArmJson.error(refusal.get()).with("WWW-Authenticate", "Bearer realm=\"sandbox management\"");
        }
        if (versioned && request.query("api-version").isEmpty()) {
            throw new ManagementError(
                    400,
                    "MissingApiVersionParameter",
                    "The api-version query parameter (?api-version=) is required for all requests.",
                    List.of());
        }
        return routed(
                request, found.group(1), Optional.ofNullable(found.group(2)).orElse(""));
    }

    private Reply routed(Request request, String service, String path) {
        TreeSet<String> allowed = new TreeSet<>();
        for (ManagementRoute route : routes) {
            Optional<Map<String, String>> variables = route.match(path);
            if (variables.isPresent() && route.method().equals(request.method())) {
                return route.action().apply(new ManagementRequest(request, service, variables.get()));
            }
            variables.ifPresent(found -> allowed.add(route.method()));
        }
        if (allowed.isEmpty()) {
            throw ManagementError.notFound("The sandbox has no resource at this address.");
        }
        return ArmJson.error(new ManagementError(
                        405, "MethodNotAllowed", "This address takes " + allowed + " only.", List.of()))
                .with("Allow", String.join(", ", allowed));
    }
}

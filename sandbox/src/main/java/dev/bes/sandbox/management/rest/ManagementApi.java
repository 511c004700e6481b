package dev.bes.sandbox.management.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.management.ManagementError;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers for API Management's resource provider: checks address, token and version, and finds the route. Any names of
 * subscription, resource group and service lead to the one service of the sandbox. Source:
 * {@code Microsoft.ApiManagement} in the specifications of Azure's REST APIs.
 */
public final class ManagementApi implements Handler {

    private static final Logger log = LoggerFactory.getLogger(ManagementApi.class);
    private static final String NAME = "[A-Za-z0-9._()-]{1,90}";
    private static final Pattern ADDRESS = Pattern.compile(
            "(/subscriptions/" + NAME + "/resourceGroups/" + NAME + "/providers/Microsoft\\.ApiManagement/service/"
                    + NAME + ")(/.*)?",
            Pattern.CASE_INSENSITIVE);

    private final byte[] token;
    private final List<ManagementRoute> routes;

    /**
     * Creates the API.
     *
     * @param token what callers send as {@code Authorization: Bearer …}
     * @param routes the first that matches answers
     */
    public ManagementApi(String token, List<ManagementRoute> routes) {
        this.token = token.getBytes(UTF_8);
        this.routes = List.copyOf(routes);
    }

    /** Whether a path is the address of a service of API Management, or below it. */
    public static boolean owns(String path) {
        return ADDRESS.matcher(path).matches();
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
        Matcher address = ADDRESS.matcher(request.path());
        if (!address.matches()) {
            throw ManagementError.notFound("Not an address of API Management.");
        }
        Optional<String> refusal = refusal(request);
        if (refusal.isPresent()) {
            return ArmJson.error(new ManagementError(401, "AuthenticationFailed", refusal.get(), List.of()))
                    .with("WWW-Authenticate", "Bearer realm=\"sandbox management\"");
        }
        if (request.query("api-version").isEmpty()) {
            throw new ManagementError(
                    400,
                    "MissingApiVersionParameter",
                    "The api-version query parameter (?api-version=) is required for all requests.",
                    List.of());
        }
        return routed(
                request, address.group(1), Optional.ofNullable(address.group(2)).orElse(""));
    }

    private Optional<String> refusal(Request request) {
        String sent = request.header("Authorization").orElse("");
        if (sent.isEmpty()) {
            return Optional.of("Authentication failed. The 'Authorization' header is missing.");
        }
        boolean known = sent.regionMatches(true, 0, "Bearer ", 0, 7)
                && MessageDigest.isEqual(sent.substring(7).strip().getBytes(UTF_8), token);
        return known ? Optional.empty() : Optional.of("The access token is invalid.");
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

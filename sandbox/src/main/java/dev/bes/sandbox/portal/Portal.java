package dev.bes.sandbox.portal;

import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for the pages: checks a request, finds its route, and adds the security headers. */
public final class Portal implements Handler {

    /** The path of all pages. */
    public static final String PREFIX = "/portal/";

    private static final Logger log = LoggerFactory.getLogger(Portal.class);

    /** The referrer policy lets a browser name the origin of a form; under no-referrer it would send {@code null}. */
    private static final Map<String, String> SECURITY = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private final Assets assets = new Assets();
    private final Pages pages;
    private final List<Route> routes;

    /** Creates a portal with these routes; the first that matches answers. */
    public Portal(Pages pages, List<Route> routes) {
        this.pages = pages;
        this.routes = List.copyOf(routes);
    }

    /** Whether a path belongs to the portal. */
    public static boolean owns(String path) {
        return path.startsWith(PREFIX) || path.equals("/portal");
    }

    @Override
    public Reply handle(Request request) {
        return checked(request).with(SECURITY);
    }

    private Reply checked(Request request) {
        try {
            RequestGuard.checkHost(request);
            return answer(request);
        } catch (PageError e) {
            return pages.error(e);
        } catch (RuntimeException e) {
            log.error("A page of the portal failed", e);
            return pages.error(new PageError(500, "Error", "The page failed. The log of the sandbox says why."));
        }
    }

    private Reply answer(Request request) {
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        Optional<Reply> asset = method.equals("GET") ? assets.at(request.path()) : Optional.empty();
        return asset.orElseGet(() -> routed(method, request));
    }

    private Reply routed(String method, Request request) {
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(request.path());
            if (variables.isPresent() && route.method().equals(method)) {
                return answer(route, request, variables.get());
            }
            variables.ifPresent(found -> allowed.add(route.method()));
        }
        if (allowed.isEmpty()) {
            throw PageError.notFound("The portal has no page at this address.");
        }
        return pages.error(new PageError(405, "Method not allowed", "This address takes " + allowed + " only."))
                .with("Allow", String.join(", ", allowed));
    }

    private static Reply answer(Route route, Request request, Map<String, String> variables) {
        if (route.method().equals("GET")) {
            return route.page().answer(new PageRequest(request, variables, Map.of()));
        }
        RequestGuard.checkOrigin(request);
        return route.page().answer(new PageRequest(request, variables, FormReader.read(request)));
    }
}

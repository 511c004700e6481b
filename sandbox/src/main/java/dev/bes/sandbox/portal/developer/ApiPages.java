package dev.bes.sandbox.portal.developer;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.managedapi.Operation;
import dev.bes.sandbox.portal.PageError;
import dev.bes.sandbox.portal.PageRequest;
import dev.bes.sandbox.portal.Pages;
import dev.bes.sandbox.portal.Route;
import dev.bes.sandbox.samples.CodeSamples;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The pages of the APIs: what can be called, how, and a form to call it. */
final class ApiPages {

    private static final String PAGE = "operation";

    private final Pages pages;
    private final ManagedApi api;
    private final URI base;
    private final Visitors visitors;
    private final TryIt tryIt;
    private final TryItDefaults defaults;
    private final Map<String, Pages.Markup> references = new ConcurrentHashMap<>();

    ApiPages(Pages pages, ManagedApi api, URI base, Visitors visitors, TryIt tryIt, TryItDefaults defaults) {
        this.pages = pages;
        this.api = api;
        this.base = base;
        this.visitors = visitors;
        this.tryIt = tryIt;
        this.defaults = defaults;
    }

    /** The addresses of the pages. */
    List<Route> routes() {
        String operation = "/portal/apis/{api}/operations/{operation}";
        return List.of(
                Route.get("/portal", request -> Pages.redirect("/portal/apis")),
                Route.get("/portal/", request -> Pages.redirect("/portal/apis")),
                Route.get("/portal/apis", this::apis),
                Route.get(operation, this::show),
                Route.post(operation, this::tried));
    }

    private Reply apis(PageRequest request) {
        return pages.page("apis", Map.of("api", api, "base", base));
    }

    private Reply show(PageRequest request) {
        Operation operation = find(request);
        return page(operation, defaults.form(operation, request), Map.of());
    }

    /** A script gets the part of the page that its request is about; a browser without script gets the page. */
    private Reply tried(PageRequest request) {
        Operation operation = find(request);
        TryItForm sent = TryItForm.sent(operation, request);
        if (request.field("do").equals("send")) {
            Map<String, Object> model = outcome(operation, sent);
            return request.byScript() ? pages.fragment(PAGE, "outcome", model) : page(operation, sent, model);
        }
        if (!request.byScript()) {
            return page(operation, sent, Map.of());
        }
        TryItForm form = sent.fitted(visitors);
        return request.field("do").equals("pick")
                ? pages.fragment(PAGE, "key", visitor(form))
                : pages.fragment(PAGE, "samples", samples(operation, form));
    }

    private Reply page(Operation operation, TryItForm form, Map<String, Object> outcome) {
        TryItForm fitted = form.fitted(visitors);
        Map<String, Object> model = new HashMap<>(samples(operation, fitted));
        model.putAll(visitor(fitted));
        model.putAll(outcome);
        model.put("links", OperationLink.all(api, fitted));
        model.put("base", base);
        model.put("operation", operation);
        model.put("parameters", TryItForm.parameters(operation));
        model.put(
                "reference", references.computeIfAbsent(operation.id(), id -> OperationReference.of(operation, pages)));
        return pages.page(PAGE, model);
    }

    /** What the page shows after a call: the answer, or why there is none. */
    private Map<String, Object> outcome(Operation operation, TryItForm form) {
        try {
            TryItAnswer answer = tryIt.send(operation, form, tryIt.call(operation, form));
            return Map.of("answer", answer.shown(), "next", OperationLink.next(api, operation, form, answer.text()));
        } catch (TryItMistake e) {
            return Map.of("mistake", String.valueOf(e.getMessage()));
        }
    }

    private Map<String, Object> samples(Operation operation, TryItForm form) {
        try {
            return Map.of("form", form, "samples", CodeSamples.of(tryIt.call(operation, form)));
        } catch (TryItMistake e) {
            return Map.of("form", form, "noSamples", String.valueOf(e.getMessage()));
        }
    }

    private Map<String, Object> visitor(TryItForm form) {
        return Map.of(
                "api",
                api,
                "form",
                form,
                "users",
                visitors.all(),
                "subscriptions",
                visitors.subscriptions(form.userId()));
    }

    private Operation find(PageRequest request) {
        if (!request.variable("api").equals(api.id())) {
            throw PageError.notFound("The sandbox has no API of this id.");
        }
        return api.operation(request.variable("operation"))
                .orElseThrow(() -> PageError.notFound("The API has no operation of this id."));
    }
}

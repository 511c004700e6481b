package dev.bes.sandbox.portal.developer;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.managedapi.Operation;
import dev.bes.sandbox.management.Subscriptions;
import dev.bes.sandbox.portal.PageError;
import dev.bes.sandbox.portal.PageRequest;
import dev.bes.sandbox.portal.Pages;
import dev.bes.sandbox.portal.Route;
import dev.bes.sandbox.samples.CodeSamples;
import dev.bes.sandbox.samples.SampleCall;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The pages of the APIs: what can be called, how, and a form to call it. */
final class ApiPages {

    private final Pages pages;
    private final ManagedApi api;
    private final URI base;
    private final Subscriptions subscriptions;
    private final TryIt tryIt;
    private final TryItDefaults defaults;
    private final Map<String, Pages.Markup> references = new ConcurrentHashMap<>();

    ApiPages(Pages pages, ManagedApi api, URI base, Subscriptions subscriptions, TryIt tryIt, TryItDefaults defaults) {
        this.pages = pages;
        this.api = api;
        this.base = base;
        this.subscriptions = subscriptions;
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
        return page(operation, defaults.form(operation, request), false);
    }

    private Reply tried(PageRequest request) {
        Operation operation = find(request);
        return page(
                operation,
                TryItForm.sent(operation, request),
                request.field("do").equals("send"));
    }

    private Reply page(Operation operation, TryItForm form, boolean send) {
        Map<String, Object> model = new HashMap<>();
        TryItAnswer answer = null;
        try {
            SampleCall call = tryIt.call(operation, form);
            answer = send ? tryIt.send(operation, form, call) : null;
            model.put("samples", CodeSamples.of(call));
        } catch (TryItMistake e) {
            model.put("mistake", String.valueOf(e.getMessage()));
        }
        Optional<String> answered = Optional.ofNullable(answer).flatMap(TryItAnswer::text);
        Optional.ofNullable(answer).ifPresent(it -> model.put("answer", it));
        model.put("links", OperationLink.all(api, operation, form, answered));
        model.put("api", api);
        model.put("base", base);
        model.put("operation", operation);
        model.put("parameters", TryItForm.parameters(operation));
        model.put("form", form);
        model.put("subscriptions", subscriptions.all());
        model.put(
                "reference", references.computeIfAbsent(operation.id(), id -> OperationReference.of(operation, pages)));
        return pages.page("operation", model);
    }

    private Operation find(PageRequest request) {
        if (!request.variable("api").equals(api.id())) {
            throw PageError.notFound("The sandbox has no API of this id.");
        }
        return api.operation(request.variable("operation"))
                .orElseThrow(() -> PageError.notFound("The API has no operation of this id."));
    }
}

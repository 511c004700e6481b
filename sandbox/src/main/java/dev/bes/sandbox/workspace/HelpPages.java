package dev.bes.sandbox.workspace;

import dev.bes.sandbox.catalogue.ExampleRequest;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.portal.PageError;
import dev.bes.sandbox.portal.PageRequest;
import dev.bes.sandbox.portal.Pages;
import dev.bes.sandbox.portal.Route;
import dev.bes.sandbox.problem.Rejection;
import dev.bes.sandbox.request.Guids;
import dev.bes.sandbox.samples.CodeSamples;
import dev.bes.sandbox.samples.SampleCall;
import dev.bes.sandbox.samples.SampleLanguage;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The help of an endpoint: an overview, {@code score}, {@code jobs} and {@code apidocument}, without a token. The R package
 * finds the R sample behind the words {@code code-snippet-r} of {@code score}. Source: {@code endpointHelp} of the R package
 * AzureML.
 */
public final class HelpPages {

    private static final String ONE =
            "/portal/apihelp/workspaces/{workspace}/webservices/{service}/endpoints/{endpoint}";

    private static final JsonMapper json = JsonMapper.builder().build();

    private final Pages pages;
    private final WebServices services;
    private final WorkspaceApi api;
    private final RuntimeSettings settings;

    /**
     * Creates the pages.
     *
     * @param settings which ids an address may have
     * @param api answers for {@code apidocument}
     */
    public HelpPages(Pages pages, WebServices services, WorkspaceApi api, RuntimeSettings settings) {
        this.pages = pages;
        this.services = services;
        this.api = api;
        this.settings = settings;
    }

    /** The address of the overview of a service's endpoint. */
    static String address(WebService service) {
        return "/portal/apihelp/workspaces/%s/webservices/%s/endpoints/%s"
                .formatted(service.workspaceId(), WebServices.id(service), service.serviceId());
    }

    /** The addresses of the pages. */
    public List<Route> routes() {
        return List.of(
                Route.get(ONE, request -> page("help", request)),
                Route.get(ONE + "/score", request -> page("help-score", request)),
                Route.get(ONE + "/jobs", request -> page("help-jobs", request)),
                Route.get(ONE + "/apidocument", this::apiDocument));
    }

    private Reply page(String template, PageRequest request) {
        WebService service = service(request);
        String base = request.request().origin() + service.path();
        return pages.page(
                template,
                Map.of(
                        "service",
                        service,
                        "here",
                        address(service),
                        "base",
                        base,
                        "example",
                        example(service),
                        "sample",
                        sample(service, base)));
    }

    /** The package cuts where bytes and characters differ: empty lines let the cut miss the program. */
    private static String sample(WebService service, String base) {
        return "\n".repeat(8)
                + CodeSamples.of(
                        SampleLanguage.R,
                        new SampleCall(
                                "POST",
                                URI.create(base + "/execute?api-version=2.0&details=true"),
                                Map.of("Content-Type", "application/json", "Authorization", "Bearer your-api-key"),
                                example(service)));
    }

    private static String example(WebService service) {
        return json.writeValueAsString(ExampleRequest.ofTables(service));
    }

    private Reply apiDocument(PageRequest request) {
        Request original = request.request();
        String path = original.path().substring("/portal/apihelp".length());
        return api.handle(new Request(original.scheme(), "GET", path, Map.of(), original.headers(), ""));
    }

    private WebService service(PageRequest request) {
        try {
            Assumptions assumptions = settings.assumptions();
            return services.endpoint(
                    Guids.issued(request.variable("workspace"), assumptions),
                    Guids.issued(request.variable("service"), assumptions),
                    Guids.issued(request.variable("endpoint"), assumptions));
        } catch (Rejection e) {
            throw PageError.notFound("The sandbox has no such endpoint.");
        }
    }
}

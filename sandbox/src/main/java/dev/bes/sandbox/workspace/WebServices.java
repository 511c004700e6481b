package dev.bes.sandbox.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.problem.Problem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Web services and endpoints as JSON. Each service has one endpoint, {@code default}, whose id is the one in the address of
 * its operations; the id of the service is another one, as in Studio. Source: the fields that the R package AzureML documents
 * and its vignette shows.
 *
 * @param since the creation time of all services: the start of the sandbox
 */
public record WebServices(Catalogue catalogue, Instant since) {

    /** The name of the only endpoint of a service. */
    static final String ENDPOINT = "default";

    /** The number of calls that an endpoint takes at a time unless it is scaled. Source: scaling a web service. */
    private static final int MAX_CONCURRENT_CALLS = 20;

    /**
     * The services of a workspace.
     *
     * @throws dev.bes.sandbox.problem.Rejection when there is no such workspace
     */
    List<WebService> services(String workspaceId) {
        List<WebService> found = catalogue.services().stream()
                .filter(service -> service.workspaceId().equals(workspaceId))
                .toList();
        if (found.isEmpty()) {
            throw Problem.WORKSPACE_NOT_FOUND.about();
        }
        return found;
    }

    /**
     * One service of a workspace by the service's id.
     *
     * @throws dev.bes.sandbox.problem.Rejection when there is none
     */
    WebService service(String workspaceId, String id) {
        return services(workspaceId).stream()
                .filter(service -> id(service).equals(id))
                .findFirst()
                .orElseThrow(Problem.UNKNOWN_WEB_SERVICE_ID::about);
    }

    /**
     * The same service, if its endpoint has that name or id.
     *
     * @throws dev.bes.sandbox.problem.Rejection when it has none
     */
    WebService endpoint(String workspaceId, String id, String endpoint) {
        WebService service = service(workspaceId, id);
        if (!endpoint.equals(ENDPOINT) && !endpoint.equals(service.serviceId())) {
            throw Problem.WEB_SERVICE_NOT_FOUND.about();
        }
        return service;
    }

    /** The service's id: 32 hexadecimal digits that follow from the endpoint's. */
    static String id(WebService service) {
        return UUID.nameUUIDFromBytes(service.serviceId().getBytes(UTF_8))
                .toString()
                .replace("-", "");
    }

    /** A service as JSON. */
    Map<String, @Nullable Object> json(WebService service) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("Id", id(service));
        json.put("Name", service.name());
        json.put("Description", service.description());
        json.put("CreationTime", since.toString());
        json.put("WorkspaceId", service.workspaceId());
        json.put("DefaultEndpointName", ENDPOINT);
        json.put("EndpointCount", 1);
        return json;
    }

    /**
     * The endpoint of a service as JSON, with its keys.
     *
     * @param origin the address that the caller used, without a path
     */
    Map<String, @Nullable Object> endpointJson(WebService service, String origin) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("Name", ENDPOINT);
        json.put("Description", service.description());
        json.put("CreationTime", since.toString());
        json.put("WorkspaceId", service.workspaceId());
        json.put("WebServiceId", id(service));
        json.put("HelpLocation", origin + HelpPages.address(service));
        json.put("PrimaryKey", service.primaryKey());
        json.put("SecondaryKey", service.secondaryKey());
        json.put("ApiLocation", origin + service.path());
        json.put("PreventUpdate", false);
        json.put("MaxConcurrentCalls", MAX_CONCURRENT_CALLS);
        json.put("DiagnosticsTraceLevel", "None");
        json.put("ThrottleLevel", "Low");
        return json;
    }
}

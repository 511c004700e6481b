package dev.bes.sandbox.batchendpoints;

import dev.bes.sandbox.batchendpoints.job.Datastores;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.management.ManagementError;
import dev.bes.sandbox.management.rest.ArmJson;
import dev.bes.sandbox.management.rest.ManagementRequest;
import dev.bes.sandbox.management.rest.ManagementRoute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Workspace, endpoints, deployments and datastores, in Azure Resource Manager. Sources: the specification {@code 2024-10-01} of the
 * resource provider, and the recordings of azure-sdk-for-python.
 */
final class ArmResources {

    private static final String TYPE = "Microsoft.MachineLearningServices/workspaces";

    private final Endpoints endpoints;
    private final Datastores datastores;

    ArmResources(Endpoints endpoints, Datastores datastores) {
        this.endpoints = endpoints;
        this.datastores = datastores;
    }

    /** The operations below a workspace. */
    List<ManagementRoute> routes() {
        String endpoint = "/batchEndpoints/{endpoint}";
        return List.of(
                new ManagementRoute("GET", "", this::workspace),
                new ManagementRoute("GET", "/batchEndpoints", this::allEndpoints),
                new ManagementRoute("GET", endpoint, this::endpoint),
                new ManagementRoute("GET", endpoint + "/deployments", this::deployments),
                new ManagementRoute("GET", endpoint + "/deployments/{deployment}", this::deployment),
                new ManagementRoute("GET", "/datastores", this::allDatastores),
                new ManagementRoute("GET", "/datastores/{datastore}", this::datastore),
                new ManagementRoute("POST", "/datastores/{datastore}/listSecrets", this::secrets));
    }

    private Reply workspace(ManagementRequest request) {
        String id = request.service();
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("provisioningState", "Succeeded");
        properties.put("discoveryUrl", request.request().origin() + "/discovery");
        return ArmJson.reply(200, resource(id, "", "", id.substring(id.lastIndexOf('/') + 1), properties));
    }

    private Reply allEndpoints(ManagementRequest request) {
        return JobPage.of(request.request(), endpoints.all(), service -> shown(request, service));
    }

    private Reply endpoint(ManagementRequest request) {
        return ArmJson.reply(200, shown(request, endpoints.named(request.variable("endpoint"))));
    }

    private Reply deployments(ManagementRequest request) {
        WebService service = endpoints.named(request.variable("endpoint"));
        return JobPage.of(request.request(), Deployment.all(), it -> shown(request, service, it));
    }

    private Reply deployment(ManagementRequest request) {
        WebService service = endpoints.named(request.variable("endpoint"));
        Deployment found = Deployment.named(request.variable("deployment"))
                .orElseThrow(() -> ManagementError.notFound("There is no deployment of this name."));
        return ArmJson.reply(200, shown(request, service, found));
    }

    private Reply allDatastores(ManagementRequest request) {
        boolean only = request.request().query("isDefault").orElse("").equalsIgnoreCase("true");
        List<String> names = only ? List.of(Datastores.DEFAULT) : datastores.names();
        return JobPage.of(request.request(), names, name -> shown(request, name, container(name)));
    }

    private Reply datastore(ManagementRequest request) {
        String name = request.variable("datastore");
        return ArmJson.reply(200, shown(request, name, container(name)));
    }

    private Reply secrets(ManagementRequest request) {
        container(request.variable("datastore"));
        return ArmJson.reply(
                        200,
                        Map.of(
                                "secretsType",
                                "AccountKey",
                                "key",
                                datastores.containers().accountKey()))
                .with("Cache-Control", "no-store");
    }

    private String container(String datastore) {
        return datastores
                .container(datastore)
                .orElseThrow(() -> ManagementError.notFound("There is no datastore of this name."));
    }

    private static Map<String, @Nullable Object> shown(ManagementRequest request, WebService service) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("description", service.description());
        properties.put("scoringUri", request.request().origin() + "/batchEndpoints/" + service.name() + "/jobs");
        properties.put("authMode", "AADToken");
        properties.put(
                "defaults", Map.of("deploymentName", Deployment.ofDefault().text()));
        properties.put("provisioningState", "Succeeded");
        return resource(
                request.service(), "/batchEndpoints/" + service.name(), "/batchEndpoints", service.name(), properties);
    }

    private static Map<String, @Nullable Object> shown(
            ManagementRequest request, WebService service, Deployment deployment) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("description", service.description());
        properties.put("compute", request.service() + "/computes/batch-cluster");
        properties.put("errorThreshold", -1);
        properties.put("retrySettings", Map.of("maxRetries", 3, "timeout", "PT30S"));
        properties.put("miniBatchSize", 10);
        properties.put("loggingLevel", "Info");
        properties.put("maxConcurrencyPerInstance", 1);
        properties.put("outputAction", "AppendRow");
        properties.put("outputFileName", "predictions.csv");
        properties.put("provisioningState", "Succeeded");
        return resource(
                request.service(),
                "/batchEndpoints/" + service.name() + "/deployments/" + deployment.text(),
                "/batchEndpoints/deployments",
                deployment.text(),
                properties);
    }

    private Map<String, @Nullable Object> shown(ManagementRequest request, String name, String container) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("isDefault", name.equals(Datastores.DEFAULT));
        properties.put("credentials", Map.of("credentialsType", "AccountKey"));
        properties.put("datastoreType", "AzureBlob");
        properties.put("accountName", datastores.containers().account());
        properties.put("containerName", container);
        properties.put("endpoint", "core.windows.net");
        properties.put("protocol", "https");
        return resource(request.service(), "/datastores/" + name, "/datastores", name, properties);
    }

    private static Map<String, @Nullable Object> resource(
            String workspace, String path, String type, String name, Map<String, @Nullable Object> properties) {
        Map<String, @Nullable Object> resource = new LinkedHashMap<>();
        resource.put("id", workspace + path);
        resource.put("name", name);
        resource.put("type", TYPE + type);
        resource.put("location", "sandbox");
        resource.put("properties", properties);
        return resource;
    }
}

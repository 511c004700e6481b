package dev.bes.testbench.chaos.environment;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.batchendpoints.token.TokenAuthority;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.testbench.checker.evidence.ServiceClass;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a node's endpoints, which it reaches through its proxies. */
record EndpointProperties(ChaosKind kind, Sandbox sandbox, NodeProxies proxies) {

    private static final String SERVICE = "SimpleFeatureHashingExperiment";
    private static final String SUBSCRIPTION = "00000000-0000-4000-8000-000000000000";

    /** The settings by property name; some values are secrets. */
    Map<String, Object> all() {
        Map<String, Object> settings = new LinkedHashMap<>();
        kind.classes().forEach((name, its) -> {
            String endpoint = "orchestrator.endpoints." + name + ".";
            settings.put(endpoint + "kind", kind.toString());
            settings.put(endpoint + "call-timeout", "4s");
            switch (its) {
                case TWO_STEP -> bes(settings, endpoint);
                case NAMED, UNNAMED ->
                    azureml(
                            settings,
                            endpoint + "azureml.",
                            its,
                            kind.foldedEndpoints().contains(name));
                case ROWS -> inference(settings, endpoint);
            }
        });
        return settings;
    }

    /** The values that no node may show, by name. */
    Map<String, String> secrets() {
        return kind == ChaosKind.BES
                ? Map.of(
                        "key of the web service", service().apiKey(),
                        "key of the managed API",
                                sandbox.subscription("unlimited").primaryKey())
                : Map.of("secret of the client", sandbox.managementToken());
    }

    private void bes(Map<String, Object> settings, String endpoint) {
        settings.put(
                endpoint + "url",
                url(Link.API) + sandbox.managedUrl().getPath() + service().path());
        settings.put(endpoint + "service-key", service().apiKey());
        settings.put(
                endpoint + "subscription-key", sandbox.subscription("unlimited").primaryKey());
    }

    /** Where scorings share jobs, each row of the predictions begins with its file and its number. */
    private void azureml(Map<String, Object> settings, String azureml, ServiceClass its, boolean numbered) {
        String deployment = numbered ? "numbered-lines" : "lines";
        settings.put(azureml + "mode", its == ServiceClass.NAMED ? "named" : "invoke");
        settings.put(azureml + "subscription", SUBSCRIPTION);
        settings.put(azureml + "resource-group", "chaos");
        settings.put(azureml + "workspace", "chaos");
        settings.put(azureml + "datastore", "orchestrator");
        settings.put(azureml + "component", "/subscriptions/chaos/components/" + SERVICE + "/versions/" + deployment);
        settings.put(azureml + "deployment", deployment);
        settings.put(azureml + "compute", "cluster");
        settings.put(azureml + "endpoint", SERVICE);
        settings.put(azureml + "scoring-uri", url(Link.SCORING_URI) + "/batchEndpoints/" + SERVICE + "/jobs");
        settings.put(azureml + "arm-url", url(Link.RESOURCE_MANAGER));
        settings.put(azureml + "data-plane-url", url(Link.JOB_LIST));
        settings.put(azureml + "identity.credential", "client-secret");
        settings.put(azureml + "identity.tenant", "chaos");
        settings.put(azureml + "identity.client-id", TokenAuthority.CLIENT_ID);
        settings.put(azureml + "identity.client-secret", sandbox.managementToken());
        settings.put(azureml + "identity.authority-url", url(Link.TOKENS));
    }

    /** Small batches, so that most files have several. */
    private void inference(Map<String, Object> settings, String endpoint) {
        settings.put(endpoint + "url", url(Link.MODEL_SERVER));
        settings.put(endpoint + "inference.model", SERVICE);
        settings.put(endpoint + "inference.batch-rows", 6);
    }

    private String url(Link link) {
        return "http://127.0.0.1:" + proxies.proxy(link).port();
    }

    private WebService service() {
        return sandbox.service(SERVICE);
    }
}

package dev.bes.orchestrator.remote.azureml;

import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.settings.AzuremlSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the bodies of calls that create jobs. Blobs are named by the datastore over our container, so that no secret is in a job. */
final class JobBody {
    private final AzuremlSettings settings;

    JobBody(AzuremlSettings settings) {
        this.settings = settings;
    }

    /**
     * The body of an invocation. Sources: "create jobs and input data for batch endpoints" article; recorded invocations of
     * azure-sdk-for-python.
     */
    byte[] invocation(JobRequest request) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        request.inputs()
                .forEach((name, path) -> inputs.put(
                        name, Map.of("jobInputType", isFolder(path) ? "UriFolder" : "UriFile", "uri", uri(path))));
        request.parameters()
                .forEach((name, value) -> inputs.put(name, Map.of("jobInputType", "Literal", "value", value)));
        Map<String, Object> outputs = new LinkedHashMap<>();
        request.outputs()
                .forEach((name, path) -> outputs.put(name, Map.of("jobOutputType", "UriFile", "uri", uri(path))));
        return write(Map.of("inputData", inputs, "outputData", outputs));
    }

    /** The body of a job. Source: azure-rest-api-specs, Microsoft.MachineLearningServices 2024-10-01, PipelineJob. */
    byte[] job(JobRequest request) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        request.inputs()
                .forEach((name, path) -> inputs.put(
                        name,
                        Map.of(
                                "jobInputType",
                                isFolder(path) ? "uri_folder" : "uri_file",
                                "uri",
                                uri(path),
                                "mode",
                                "ReadOnlyMount")));
        request.parameters()
                .forEach((name, value) -> inputs.put(name, Map.of("jobInputType", "literal", "value", value)));
        Map<String, Object> outputs = new LinkedHashMap<>();
        request.outputs()
                .forEach((name, path) -> outputs.put(
                        name, Map.of("jobOutputType", "uri_file", "uri", uri(path), "mode", "ReadWriteMount")));
        String compute = settings.workspacePath() + "/computes/" + settings.compute();
        return write(Map.of(
                "jobType",
                "Pipeline",
                "componentId",
                settings.component(),
                "computeId",
                compute,
                "settings",
                Map.of("default_compute", compute),
                "inputs",
                inputs,
                "outputs",
                outputs));
    }

    private static boolean isFolder(String path) {
        return path.endsWith("/");
    }

    /** Source: "access data from Azure cloud storage" article, datastore URIs. */
    private String uri(String path) {
        return "azureml://datastores/" + settings.datastore() + "/paths/" + path;
    }

    private static byte[] write(Map<String, Object> properties) {
        return AzuremlJson.MAPPER.writeValueAsBytes(Map.of("properties", properties));
    }
}

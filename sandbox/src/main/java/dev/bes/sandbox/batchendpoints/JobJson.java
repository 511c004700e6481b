package dev.bes.sandbox.batchendpoints;

import dev.bes.sandbox.batchendpoints.job.EndpointJob;
import dev.bes.sandbox.batchendpoints.job.EndpointJobs;
import dev.bes.sandbox.batchendpoints.job.JobSpec;
import dev.bes.sandbox.batchendpoints.token.TokenAuthority;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A job as the data plane and as Azure Resource Manager show it. Source: the answers in the recordings of azure-sdk-for-python
 * ({@code test_batch_invoke_outputs}, {@code test_batch_job_download}).
 */
final class JobJson {

    private static final JsonMapper json = JsonMapper.builder().build();
    private static final String TYPE = "Microsoft.MachineLearningServices/workspaces/";

    private final EndpointJobs jobs;

    JobJson(EndpointJobs jobs) {
        this.jobs = jobs;
    }

    /** A job of an endpoint, as invoke and the data plane answer it. */
    Map<String, @Nullable Object> ofEndpoint(EndpointJob job) {
        JobSpec spec = job.spec();
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("provisioningState", "Succeeded");
        properties.put("inputData", Map.of(spec.inputName(), data(spec.input(), "ReadOnlyMount", "jobInputType")));
        properties.put("outputData", outputs(spec));
        properties.put("miniBatchSize", spec.miniBatchSize());
        properties.put("errorThreshold", spec.errorThreshold());
        properties.put("compute", compute(spec));
        properties.put("retrySettings", Map.of("maxRetries", 3, "timeout", "PT30S"));
        properties.put("status", jobs.answeredStatus(job));
        properties.put("loggingLevel", "Info");
        properties.put("interactionEndpoints", services(job, "jobEndpointType"));
        properties.put("tags", tags(job));
        properties.put("properties", parameters(job));
        properties.put("name", displayName(job));
        String parent =
                spec.workspace() + "/batchEndpoints/" + spec.service().name() + "/deployments/" + spec.deployment();
        return resource(job, parent + "/jobs/" + job.name(), "batchEndpoints/deployments/jobs", properties);
    }

    /** A job as Azure Resource Manager answers it. */
    Map<String, @Nullable Object> ofWorkspace(EndpointJob job, String workspace) {
        JobSpec spec = job.spec();
        boolean named = spec.deployment() == null;
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("description", null);
        properties.put("tags", tags(job));
        properties.put("properties", parameters(job));
        properties.put("displayName", displayName(job));
        properties.put("status", jobs.answeredStatus(job));
        properties.put("experimentName", spec.experiment());
        properties.put("services", services(job, "jobServiceType"));
        properties.put("computeId", null);
        properties.put("isArchived", false);
        properties.put("jobType", "Pipeline");
        properties.put(
                "inputs", named ? Map.of(spec.inputName(), data(spec.input(), "ReadOnlyMount", "jobInputType")) : null);
        properties.put("outputs", named ? outputs(spec) : null);
        return resource(job, workspace + "/jobs/" + job.name(), "jobs", properties);
    }

    private static Map<String, @Nullable Object> resource(
            EndpointJob job, String id, String type, Map<String, @Nullable Object> properties) {
        Map<String, @Nullable Object> resource = new LinkedHashMap<>();
        resource.put("id", id);
        resource.put("name", job.name());
        resource.put("type", TYPE + type);
        resource.put("properties", properties);
        resource.put(
                "systemData",
                Map.of(
                        "createdAt",
                        job.created().toString(),
                        "createdBy",
                        TokenAuthority.CLIENT_ID,
                        "createdByType",
                        "Application"));
        return resource;
    }

    private static Map<String, @Nullable Object> outputs(JobSpec spec) {
        Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
        JobSpec.Data output = spec.output();
        if (output != null) {
            outputs.put(spec.outputName(), data(output, "ReadWriteMount", "jobOutputType"));
        }
        return outputs;
    }

    private static Map<String, @Nullable Object> data(JobSpec.Data data, String mode, String type) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("description", null);
        shown.put("uri", data.uri());
        shown.put("mode", mode);
        shown.put(type, data.isFolder() ? "UriFolder" : "UriFile");
        return shown;
    }

    private static Map<String, @Nullable Object> compute(JobSpec spec) {
        Map<String, @Nullable Object> compute = new LinkedHashMap<>();
        compute.put("target", spec.workspace() + "/computes/batch-cluster");
        compute.put("instanceCount", null);
        compute.put("isLocal", false);
        compute.put("location", null);
        compute.put("instanceType", null);
        compute.put("properties", null);
        return compute;
    }

    private static Map<String, Object> services(EndpointJob job, String type) {
        Map<String, @Nullable Object> studio = new LinkedHashMap<>();
        studio.put(type, "Studio");
        studio.put("port", null);
        studio.put("endpoint", "https://ml.azure.com/runs/" + job.name());
        studio.put("properties", null);
        return Map.of("Studio", studio);
    }

    private static Map<String, String> tags(EndpointJob job) {
        Map<String, String> tags = new LinkedHashMap<>();
        String deployment = job.spec().deployment();
        if (deployment != null) {
            tags.put("azureml.batchrun", "true");
            tags.put("azureml.deploymentname", deployment);
        }
        tags.putAll(job.tags());
        return tags;
    }

    private static Map<String, String> parameters(EndpointJob job) {
        JobSpec spec = job.spec();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("run_max_try", "3");
        parameters.put("run_invocation_timeout", "30");
        parameters.put("append_row_file_name", spec.predictions());
        JobSpec.Data output = spec.output();
        if (output != null) {
            parameters.put("output_uri", output.uri());
        }
        parameters.put("mini_batch_size", String.valueOf(spec.miniBatchSize()));
        parameters.put("error_threshold", String.valueOf(spec.errorThreshold()));
        return Map.of("runType", "HTTP", "azureml.parameters", json.writeValueAsString(parameters));
    }

    private static String displayName(EndpointJob job) {
        return "job_" + job.child().substring(0, 8);
    }
}

package dev.bes.sandbox.batchendpoints;

import dev.bes.sandbox.batchendpoints.job.JobSpec;
import dev.bes.sandbox.batchendpoints.job.PredictionStyle;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.management.ManagementError;
import dev.bes.sandbox.management.rest.ManagementRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what starts a job. Sources: the recordings and {@code mfe.json} of azure-sdk-for-python for an invoke; the specification
 * {@code 2024-10-01} of the resource provider for a job under a name of the caller's.
 */
final class InvokeReader {

    private static final String DEFAULT_FILE = "predictions.csv";
    private static final int FILES_OF_A_BATCH = 10;
    private static final int LONGEST_NAME = 255;

    private final Endpoints endpoints;
    private final DataUris uris;

    InvokeReader(Endpoints endpoints, DataUris uris) {
        this.endpoints = endpoints;
        this.uris = uris;
    }

    /** An input or output with the caller's name for it. */
    private record Named(String name, JobSpec.Data data) {}

    /**
     * Reads an invoke.
     *
     * @param deployment the deployment of the address; null if the header may choose one
     * @throws ManagementError when it would be refused
     */
    JobSpec invoke(ManagementRequest request, String workspace, @Nullable String deployment) {
        WebService service = endpoints.named(request.variable("endpoint"));
        Deployment chosen = deployment(request.request(), deployment);
        JsonNode properties = request.properties();
        JsonNode dataset = Fields.get(properties, "dataset");
        Named input = dataset.isObject()
                ? new Named("dataset", uris.dataset(dataset))
                : input(Fields.get(properties, "inputData"));
        // whatever the caller calls it: a model deployment has one output of this name
        Optional<Named> output = output(Fields.get(properties, "outputData")).map(it -> new Named("score", it.data()));
        return spec(workspace, service, chosen, chosen.style(), properties, input, output, service.name());
    }

    /**
     * Reads a job under a name of the caller's; its component is that of a service of the sandbox, and its version may be the name of
     * a deployment whose predictions it appends.
     *
     * @throws ManagementError when it would be refused
     */
    JobSpec named(ManagementRequest request) {
        JsonNode properties = request.properties();
        String type = Fields.text(properties, "jobType");
        if (!type.equalsIgnoreCase("Pipeline") && !type.equalsIgnoreCase("Command")) {
            throw Fields.refused("The sandbox runs jobs with the jobType Pipeline or Command only.");
        }
        Component component = component(properties);
        WebService service = endpoints.named(component.name());
        Named input = input(Fields.get(properties, "inputs"));
        Optional<Named> output = output(Fields.get(properties, "outputs"));
        String experiment = Fields.text(properties, "experimentName");
        return spec(
                request.service(),
                service,
                null,
                Deployment.named(component.version())
                        .orElse(Deployment.ofDefault())
                        .style(),
                properties,
                input,
                output,
                experiment.isEmpty() ? "Default" : experiment);
    }

    private static JobSpec spec(
            String workspace,
            WebService service,
            @Nullable Deployment deployment,
            PredictionStyle style,
            JsonNode properties,
            Named input,
            Optional<Named> output,
            String experiment) {
        String file = Fields.text(properties, "outputFileName");
        if (file.length() > LONGEST_NAME || file.contains("/")) {
            throw Fields.refused("'outputFileName' must be the name of a file.");
        }
        return new JobSpec(
                workspace,
                service,
                deployment == null ? null : deployment.text(),
                style,
                input.name(),
                input.data(),
                output.map(Named::name).orElse("score"),
                output.map(Named::data).orElse(null),
                file.isEmpty() ? DEFAULT_FILE : file,
                Fields.number(properties, "miniBatchSize", FILES_OF_A_BATCH),
                Fields.number(properties, "errorThreshold", -1),
                experiment,
                tags(Fields.get(properties, "tags")));
    }

    private static Deployment deployment(Request request, @Nullable String inAddress) {
        String name = inAddress == null
                ? request.header("azureml-model-deployment")
                        .orElse(Deployment.ofDefault().text())
                : inAddress;
        return Deployment.named(name)
                .orElseThrow(() -> Fields.refused(
                        "No valid deployments to route to. The endpoint has no deployment of" + " this name."));
    }

    private Named input(JsonNode inputs) {
        if (inputs.size() != 1) {
            throw Fields.refused("A job needs exactly one input.");
        }
        Map.Entry<String, JsonNode> only = inputs.properties().iterator().next();
        return new Named(only.getKey(), uris.input(only.getKey(), only.getValue()));
    }

    private Optional<Named> output(JsonNode outputs) {
        if (outputs.size() > 1) {
            throw Fields.refused("A job has one output.");
        }
        return outputs.properties().stream()
                .findFirst()
                .map(it -> new Named(it.getKey(), uris.output(it.getKey(), it.getValue())));
    }

    /** The component of a job, or of the only step of its graph. */
    private static Component component(JsonNode properties) {
        JsonNode steps = Fields.get(properties, "jobs");
        String id = Fields.text(properties, "componentId");
        if (id.isEmpty() && steps.size() == 1) {
            id = Fields.text(steps.properties().iterator().next().getValue(), "componentId");
        }
        String[] parts = id.split("/", -1);
        for (int i = 0; i + 1 < parts.length; i++) {
            if (parts[i].equalsIgnoreCase("components")) {
                return new Component(parts[i + 1], parts[parts.length - 1]);
            }
        }
        throw Fields.refused("A job needs a componentId as /subscriptions/…/components/NAME/versions/1.");
    }

    private record Component(String name, String version) {}

    private static Map<String, String> tags(JsonNode given) {
        Map<String, String> tags = new HashMap<>();
        given.properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString("")));
        return Map.copyOf(tags);
    }
}

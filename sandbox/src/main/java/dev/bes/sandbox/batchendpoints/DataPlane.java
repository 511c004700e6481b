package dev.bes.sandbox.batchendpoints;

import dev.bes.sandbox.batchendpoints.job.EndpointJob;
import dev.bes.sandbox.batchendpoints.job.EndpointJobs;
import dev.bes.sandbox.batchendpoints.job.JobSpec;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.management.ManagementError;
import dev.bes.sandbox.management.rest.ArmJson;
import dev.bes.sandbox.management.rest.ManagementRequest;
import dev.bes.sandbox.management.rest.ManagementRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Invoke, and the jobs of an endpoint. Sources: the recordings of azure-sdk-for-python, its {@code mfe.json}, and
 * {@code cli/batch-score-rest.sh} of azureml-examples.
 */
final class DataPlane {

    /** The workspace of jobs whose invoke does not name one. */
    static final String WORKSPACE =
            "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/sandbox/providers/"
                    + "Microsoft.MachineLearningServices/workspaces/sandbox";

    private final Endpoints endpoints;
    private final EndpointJobs jobs;
    private final InvokeReader reader;
    private final JobStart start;
    private final JobJson json;

    DataPlane(Endpoints endpoints, EndpointJobs jobs, InvokeReader reader, JobStart start) {
        this.endpoints = endpoints;
        this.jobs = jobs;
        this.reader = reader;
        this.start = start;
        this.json = new JobJson(jobs);
    }

    /** The operations below an address that leads to an endpoint, and to a deployment of it. */
    List<ManagementRoute> routes() {
        List<ManagementRoute> routes = new ArrayList<>();
        for (String parent :
                List.of("/batchEndpoints/{endpoint}", "/batchEndpoints/{endpoint}/deployments/{deployment}")) {
            routes.add(new ManagementRoute("POST", parent + "/jobs", request -> start.answer(() -> invoke(request))));
            routes.add(new ManagementRoute("GET", parent + "/jobs", this::list));
            routes.add(new ManagementRoute("GET", parent + "/jobs/{job}", this::get));
        }
        return routes;
    }

    /** The Location is that of the deployment, not of the job. */
    private Reply invoke(ManagementRequest request) {
        JobSpec spec = reader.invoke(request, workspace(request), deployment(request));
        EndpointJob job = jobs.invoke(spec);
        return ArmJson.reply(201, json.ofEndpoint(job))
                .with("azureml-model-deployment", String.valueOf(spec.deployment()))
                .with(
                        "Location",
                        request.request().origin() + "/mferp/managementfrontend" + spec.workspace() + "/batchEndpoints/"
                                + spec.service().name() + "/deployments/" + spec.deployment());
    }

    private Reply get(ManagementRequest request) {
        WebService service = endpoints.named(request.variable("endpoint"));
        String deployment = deployment(request);
        EndpointJob job = jobs.named(request.variable("job"))
                .filter(it ->
                        it.spec().deployment() != null && it.spec().service().equals(service))
                .filter(it -> deployment == null || deployment.equals(it.spec().deployment()))
                .orElseThrow(() -> ManagementError.notFound("There is no job of this name."));
        return ArmJson.reply(200, json.ofEndpoint(job));
    }

    private Reply list(ManagementRequest request) {
        WebService service = endpoints.named(request.variable("endpoint"));
        String deployment = Optional.ofNullable(deployment(request))
                .or(() -> request.request().query("deployment"))
                .orElse(null);
        return JobPage.of(request.request(), jobs.listed(service, deployment), json::ofEndpoint);
    }

    private static String workspace(ManagementRequest request) {
        return request.service().isEmpty() ? WORKSPACE : request.service();
    }

    private static @Nullable String deployment(ManagementRequest request) {
        String name = request.variables().get("deployment");
        return name == null ? null : name.toLowerCase(Locale.ROOT);
    }
}

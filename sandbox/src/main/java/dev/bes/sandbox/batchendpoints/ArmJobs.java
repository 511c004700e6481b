package dev.bes.sandbox.batchendpoints;

import dev.bes.sandbox.batchendpoints.job.EndpointJob;
import dev.bes.sandbox.batchendpoints.job.EndpointJobs;
import dev.bes.sandbox.batchendpoints.job.JobSpec;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.management.ManagementError;
import dev.bes.sandbox.management.rest.ArmJson;
import dev.bes.sandbox.management.rest.ManagementRequest;
import dev.bes.sandbox.management.rest.ManagementRoute;
import dev.bes.sandbox.settings.EndpointAnswer.TakenJobName;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The jobs of a workspace, in Azure Resource Manager: get, list, create, cancel, and what became of a cancel. Sources: the
 * specification {@code 2024-10-01} of the resource provider, and the recordings of azure-sdk-for-python.
 */
final class ArmJobs {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,254}");

    /** The id of the only workspace, as operations name it. */
    private static final String WORKSPACE_ID = "00000000-0000-4000-8000-000000000000";

    private final EndpointJobs jobs;
    private final InvokeReader reader;
    private final JobStart start;
    private final RuntimeSettings settings;
    private final JobJson json;

    ArmJobs(EndpointJobs jobs, InvokeReader reader, JobStart start, RuntimeSettings settings) {
        this.jobs = jobs;
        this.reader = reader;
        this.start = start;
        this.settings = settings;
        this.json = new JobJson(jobs);
    }

    /** The operations below a workspace, and the one below a location. */
    List<ManagementRoute> routes() {
        return List.of(
                new ManagementRoute("GET", "/jobs", this::list),
                new ManagementRoute("GET", "/jobs/{job}", request -> shown(200, request, job(request))),
                new ManagementRoute("PUT", "/jobs/{job}", request -> start.answer(() -> put(request))),
                new ManagementRoute("POST", "/jobs/{job}/cancel", this::cancel),
                new ManagementRoute("GET", "/mfeOperationResults/{operation}", this::operation));
    }

    private Reply list(ManagementRequest request) {
        return JobPage.of(request.request(), jobs.listed(), job -> json.ofWorkspace(job, request.service()));
    }

    private Reply put(ManagementRequest request) {
        String name = request.variable("job");
        if (!NAME.matcher(name).matches()) {
            throw Fields.refused("The name of a job has 1 to 255 letters, digits, dashes and underscores.");
        }
        JobSpec spec = reader.named(request);
        Optional<EndpointJob> made = jobs.start(name, spec);
        if (made.isPresent()) {
            return shown(201, request, made.get());
        }
        if (settings.assumptions().has(TakenJobName.REFUSED)) {
            throw new ManagementError(409, "UserError", "A job with this name already exists.", List.of());
        }
        EndpointJob there = job(request);
        there.tags(spec.tags());
        return shown(200, request, there);
    }

    private Reply cancel(ManagementRequest request) {
        String operation = jobs.cancel(job(request));
        String subscription = request.service().split("/", -1)[2];
        String result = request.request().origin() + "/subscriptions/" + subscription
                + "/providers/Microsoft.MachineLearningServices/locations/sandbox/mfeOperationResults/jc:"
                + WORKSPACE_ID
                + ":" + operation + "?api-version="
                + request.request().query("api-version").orElse("");
        return Reply.json(202, "null").with("Location", result).with("x-ms-async-operation-timeout", "PT1H");
    }

    private Reply operation(ManagementRequest request) {
        String id = request.variable("operation");
        EndpointJob job = jobs.canceledBy(id.substring(id.lastIndexOf(':') + 1))
                .orElseThrow(() -> ManagementError.notFound("There is no operation of this name."));
        return job.status().isEnd()
                ? Reply.json(200, "null")
                : Reply.json(202, "null")
                        .with(
                                "Location",
                                request.request().origin()
                                        + request.request().path() + "?api-version="
                                        + request.request().query("api-version").orElse(""));
    }

    private EndpointJob job(ManagementRequest request) {
        return jobs.named(request.variable("job"))
                .orElseThrow(() -> ManagementError.notFound("There is no job of this name."));
    }

    private Reply shown(int status, ManagementRequest request, EndpointJob job) {
        return ArmJson.reply(status, json.ofWorkspace(job, request.service()));
    }
}

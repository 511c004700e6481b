package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.blob.BlobReference.Form;
import dev.bes.orchestrator.remote.blob.BlobReference.Right;
import dev.bes.orchestrator.remote.blob.BlobReferences;
import dev.bes.orchestrator.remote.http.ManagedApiClient;
import dev.bes.orchestrator.remote.http.ManagedCall;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The Batch Execution Service of one endpoint. Source: consume-web-services articles, 2015 to 2020. */
final class BesJobs implements TwoStepJobs {

    private static final String VERSION = "?api-version=2.0";
    private static final String NO_JOB = "0".repeat(32);
    private static final Pattern JOB_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final ManagedApiClient managedApiClient;
    private final BlobReferences references;
    private final Form form;
    private final StatusReader statuses;

    BesJobs(ManagedApiClient managedApiClient, BlobReferences references, Form form, StatusReader statuses) {
        this.managedApiClient = managedApiClient;
        this.references = references;
        this.form = form;
        this.statuses = statuses;
    }

    @Override
    public String submit(JobRequest request) {
        SubmitBody body = SubmitBody.of(
                request,
                path -> references.of(form, Right.READ, path, request.validity()),
                path -> references.of(form, Right.WRITE, path, request.validity()));
        byte[] answer = managedApiClient.send(
                BesCall.SUBMIT,
                "POST",
                "/jobs" + VERSION,
                BodyPublishers.ofByteArray(BesJson.MAPPER.writeValueAsBytes(body)));
        JsonNode id = read(BesCall.SUBMIT, answer);
        if (!id.isString() || !JOB_ID.matcher(id.asString()).matches()) {
            throw managedApiClient.messages().unavailable(BesCall.SUBMIT, "the answer is not a job id");
        }
        return id.asString();
    }

    @Override
    public void start(String jobId) {
        accept(
                BesCall.START,
                managedApiClient.send(BesCall.START, "POST", job(jobId) + "/start" + VERSION, BodyPublishers.noBody()));
    }

    /** Requests the status of a job that does not exist. A 404 of the service shows that it answers. */
    @Override
    public void probe() {
        try {
            managedApiClient.send(BesCall.STATUS, "GET", job(NO_JOB) + VERSION, BodyPublishers.noBody());
        } catch (NotFound e) {
            if (e.isAddress()) {
                throw e;
            }
        }
    }

    @Override
    public JobStatus status(String jobId) {
        byte[] answer = managedApiClient.send(BesCall.STATUS, "GET", job(jobId) + VERSION, BodyPublishers.noBody());
        return statuses.read(read(BesCall.STATUS, answer))
                .orElseThrow(
                        () -> managedApiClient.messages().unavailable(BesCall.STATUS, "the answer has no StatusCode"));
    }

    @Override
    public void cancel(String jobId) {
        accept(
                BesCall.CANCEL,
                managedApiClient.send(BesCall.CANCEL, "DELETE", job(jobId) + VERSION, BodyPublishers.noBody()));
    }

    /** The body is ignored, unless it is an error that came with a 2xx status. */
    private void accept(ManagedCall managedCall, byte[] answer) {
        if (answer.length > 0) {
            ErrorBody error = ErrorBody.parse(answer);
            if (error.by() == By.SERVICE || error.by() == By.GATEWAY) {
                throw managedApiClient
                        .messages()
                        .unavailable(managedCall, "a 2xx status with an error in the body: " + error.message());
            }
        }
    }

    private JsonNode read(ManagedCall managedCall, byte[] answer) {
        try {
            return BesJson.MAPPER.readTree(answer);
        } catch (JacksonException e) {
            throw managedApiClient.messages().unavailable(managedCall, "the answer is not JSON");
        }
    }

    private static String job(String id) {
        if (!JOB_ID.matcher(id).matches()) {
            throw new IllegalArgumentException("Not a job id");
        }
        return "/jobs/" + id;
    }
}

package dev.bes.orchestrator.remote.azureml;

import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.http.ManagedApiClient;
import dev.bes.orchestrator.remote.http.ManagedCall;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads jobs as the service answers them. */
final class JobReader {

    private static final int STATE_LIMIT = 100;
    private static final int DETAILS_LIMIT = 2_000;
    private static final Pattern JOB_ID = Pattern.compile("[A-Za-z0-9_-]{1,255}");

    private final Redaction redaction;

    JobReader(Redaction redaction) {
        this.redaction = redaction;
    }

    JsonNode read(ManagedApiClient client, ManagedCall managedCall, byte[] answer) {
        try {
            return AzuremlJson.MAPPER.readTree(answer);
        } catch (JacksonException e) {
            throw client.messages().unavailable(managedCall, "the answer is not JSON");
        }
    }

    /** The id of a job: the name of the resource. The name in its properties is for people. */
    String id(ManagedApiClient client, ManagedCall managedCall, JsonNode job) {
        String name = AzuremlJson.text(job, "name");
        if (!JOB_ID.matcher(name).matches()) {
            throw client.messages().unavailable(managedCall, "the answer has no name of a job");
        }
        return name;
    }

    JobStatus status(ManagedApiClient client, byte[] answer) {
        JsonNode properties = AzuremlJson.at(read(client, AzuremlCall.STATUS, answer), "properties");
        String word = AzuremlJson.text(properties, "status");
        if (word.isEmpty()) {
            throw client.messages().unavailable(AzuremlCall.STATUS, "the answer has no status");
        }
        State state = state(word);
        String remoteState = redaction.sanitize(word, STATE_LIMIT);
        return new JobStatus(state, remoteState, state == State.FAILED ? details(properties) : null);
    }

    /**
     * Source: JobStatus of the specification 2020-09-01-dataplanepreview. A job that does not respond, or is of unknown status, may return
     * to any earlier state.
     */
    private static State state(String word) {
        return switch (word) {
            case "NotStarted", "Starting", "Provisioning", "Preparing", "Queued" -> State.NOT_STARTED;
            case "Running", "Finalizing", "CancelRequested", "Paused" -> State.RUNNING;
            case "Completed" -> State.FINISHED;
            case "Failed" -> State.FAILED;
            case "Canceled" -> State.CANCELLED;
            default -> State.UNKNOWN;
        };
    }

    /** A job does not say why it failed; the page of the studio does. */
    private @Nullable String details(JsonNode properties) {
        String invoked = AzuremlJson.text(properties, "interactionEndpoints", "studio", "endpoint");
        String page = invoked.isEmpty() ? AzuremlJson.text(properties, "services", "studio", "endpoint") : invoked;
        return page.isEmpty() ? null : redaction.sanitize("the reason is in the logs of " + page, DETAILS_LIMIT);
    }

    /** The path of a job below a list of jobs. */
    static String path(String id) {
        if (!JOB_ID.matcher(id).matches()) {
            throw new IllegalArgumentException("Not a job id");
        }
        return "/" + id;
    }
}

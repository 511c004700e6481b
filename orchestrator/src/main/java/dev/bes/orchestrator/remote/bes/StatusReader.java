package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.remote.Redaction;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a status answer in all known forms: number, name, and the spellings of old articles and samples. */
final class StatusReader {

    private static final int STATE_LIMIT = 100;
    private static final int DETAILS_LIMIT = 2_000;

    private final Redaction redaction;

    StatusReader(Redaction redaction) {
        this.redaction = redaction;
    }

    /** The status; empty if the answer does not hold one. */
    Optional<JobStatus> read(JsonNode answer) {
        JsonNode code = answer.has("StatusCode") ? answer.get("StatusCode") : answer.path("Status Code");
        if (code.isMissingNode()) {
            return Optional.empty();
        }
        String remoteState = redaction.sanitize(text(code), STATE_LIMIT);
        return Optional.of(new JobStatus(state(remoteState), remoteState, details(answer.path("Details"))));
    }

    /** Source: "consume web services" article, 2015, for the numbers. */
    private static State state(String remoteState) {
        return switch (remoteState.replaceAll("[\\s_-]", "").toLowerCase(Locale.ROOT)) {
            case "0", "notstarted" -> State.NOT_STARTED;
            case "1", "running" -> State.RUNNING;
            case "2", "failed" -> State.FAILED;
            case "3", "cancelled", "canceled" -> State.CANCELLED;
            case "4", "finished" -> State.FINISHED;
            default -> State.UNKNOWN;
        };
    }

    private @Nullable String details(JsonNode details) {
        String sanitized = details.isNull() ? "" : redaction.sanitize(text(details), DETAILS_LIMIT);
        return sanitized.isEmpty() ? null : sanitized;
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "" : node.isString() ? node.asString() : node.toString();
    }
}

package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.BlobReference;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The checked request of a job.
 *
 * @param outputs the outputs whose location the caller chose
 * @param parameters a value for every parameter of the service
 * @param pool the Azure Batch pool to run in; null for the endpoint's own queue
 */
record Submission(
        Map<String, BlobReference> inputs,
        Map<String, BlobReference> outputs,
        Map<String, String> parameters,
        @Nullable String pool) {

    /** The facts for the journal: names and paths only. */
    Map<String, Object> summary() {
        return Map.of("inputs", paths(inputs), "outputs", paths(outputs), "parameters", parameters.keySet());
    }

    private static Map<String, String> paths(Map<String, BlobReference> references) {
        return references.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().path()));
    }
}

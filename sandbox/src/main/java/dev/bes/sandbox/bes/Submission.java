package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.BlobReference;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a job was asked to do, checked.
 *
 * @param outputs the outputs whose place the caller chose
 * @param parameters a value for every parameter of the service
 */
record Submission(
        Map<String, BlobReference> inputs, Map<String, BlobReference> outputs, Map<String, String> parameters) {

    /** What the journal may keep of it: names and paths. */
    Map<String, Object> summary() {
        return Map.of("inputs", paths(inputs), "outputs", paths(outputs), "parameters", parameters.keySet());
    }

    private static Map<String, String> paths(Map<String, BlobReference> references) {
        return references.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().path()));
    }
}

package dev.bes.orchestrator.remote.bes;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.blob.BlobReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Body of a submit in the multi-input form. Source: generated client samples, from about July 2015. */
record SubmitBody(
        @JsonProperty("Inputs") Map<String, Blob> inputs,
        @JsonProperty("Outputs") Map<String, Blob> outputs,
        @JsonProperty("GlobalParameters") Map<String, String> parameters) {

    static SubmitBody of(
            JobRequest request, Function<String, BlobReference> input, Function<String, BlobReference> output) {
        return new SubmitBody(blobs(request.inputs(), input), blobs(request.outputs(), output), request.parameters());
    }

    private static Map<String, Blob> blobs(Map<String, String> paths, Function<String, BlobReference> reference) {
        Map<String, Blob> blobs = new LinkedHashMap<>();
        paths.forEach((name, path) -> blobs.put(name, Blob.of(reference.apply(path))));
        return blobs;
    }

    /** One blob as the service names its fields. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Blob(
            @JsonProperty("ConnectionString") @Nullable String connectionString,
            @JsonProperty("RelativeLocation") String relativeLocation,
            @JsonProperty("BaseLocation") @Nullable String baseLocation,
            @JsonProperty("SasBlobToken") @Nullable String sasBlobToken) {

        static Blob of(BlobReference reference) {
            return new Blob(
                    valueOf(reference.connectionString()),
                    reference.relativeLocation(),
                    reference.baseLocation(),
                    valueOf(reference.sasBlobToken()));
        }

        private static @Nullable String valueOf(@Nullable Secret secret) {
            return secret == null ? null : secret.value();
        }

        /** Returns only the location, since the other fields hold secrets. */
        @Override
        public String toString() {
            return relativeLocation;
        }
    }
}

package dev.bes.sandbox.batchendpoints.job;

import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.catalogue.WebService;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job is to do.
 *
 * @param workspace the ARM id of the workspace, {@code /subscriptions/…/workspaces/{name}}
 * @param service what scores
 * @param deployment the name of the deployment; null for a job that was made under a name of the caller's
 * @param inputName the caller's name of the input
 * @param outputName the name of the output in answers
 * @param output null for the default place
 * @param outputFile the name of the file in an output folder
 * @param miniBatchSize number of files in a mini-batch
 * @param errorThreshold number of files that may fail; -1 for all but the last
 * @param experiment the name of the experiment
 */
public record JobSpec(
        String workspace,
        WebService service,
        @Nullable String deployment,
        PredictionStyle style,
        String inputName,
        Data input,
        String outputName,
        @Nullable Data output,
        String outputFile,
        int miniBatchSize,
        int errorThreshold,
        String experiment,
        Map<String, String> tags) {

    /**
     * An input or output.
     *
     * @param uri as the caller wrote it
     * @param place what the URI means
     */
    public record Data(boolean isFolder, String uri, BlobReference place) {

        /** The last part of its path. */
        String fileName() {
            return place.path().substring(place.path().lastIndexOf('/') + 1);
        }
    }

    /** The name of the file of the predictions. */
    public String predictions() {
        return output == null || output.isFolder() ? outputFile : output.fileName();
    }
}

package dev.bes.sandbox.batchendpoints;

import dev.bes.sandbox.batchendpoints.job.Datastores;
import dev.bes.sandbox.batchendpoints.job.JobSpec;
import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.blob.UnreachableStore;
import dev.bes.sandbox.management.ManagementError;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads the inputs and outputs of a job. Source: "access data for batch endpoints" for the forms of their URIs, and that outputs go to
 * datastores only. A URI never leads beyond the sandbox's own store.
 */
final class DataUris {

    private static final Pattern DATASTORE = Pattern.compile(
            "azureml:/{1,2}(?:subscriptions/.{1,500}?/)?datastores/([A-Za-z0-9_-]{1,255})/paths/(.{1,1024})",
            Pattern.CASE_INSENSITIVE);

    private final Datastores datastores;

    DataUris(Datastores datastores) {
        this.datastores = datastores;
    }

    /**
     * An input: {@code {"uri", "jobInputType"}}.
     *
     * @throws ManagementError 400 when it cannot be read
     */
    JobSpec.Data input(String name, JsonNode given) {
        return data(isFolder(name, Fields.text(given, "jobInputType")), Fields.text(given, "uri"), false);
    }

    /**
     * An output: {@code {"uri", "jobOutputType"}}.
     *
     * @throws ManagementError 400 when it cannot be read
     */
    JobSpec.Data output(String name, JsonNode given) {
        return data(isFolder(name, Fields.text(given, "jobOutputType")), Fields.text(given, "uri"), true);
    }

    /**
     * The input of the oldest form, {@code {"dataInputType": "DataUrl", "path"}}: a file if there is a blob of that name.
     *
     * @throws ManagementError 400 when it cannot be read
     */
    JobSpec.Data dataset(JsonNode given) {
        if (!Fields.text(given, "dataInputType").equalsIgnoreCase("DataUrl")) {
            throw Fields.refused("The sandbox takes a dataset with the dataInputType DataUrl only.");
        }
        JobSpec.Data data = data(true, Fields.text(given, "path"), false);
        return new JobSpec.Data(!datastores.containers().hasBlob(data.place()), data.uri(), data.place());
    }

    private static boolean isFolder(String name, String type) {
        return switch (type.replace("_", "").toLowerCase(Locale.ROOT)) {
            case "urifolder" -> true;
            case "urifile" -> false;
            default -> throw Fields.refused("'" + name + "' must be of the type UriFile or UriFolder.");
        };
    }

    private JobSpec.Data data(boolean folder, String uri, boolean output) {
        Matcher datastore = DATASTORE.matcher(uri);
        try {
            BlobReference place;
            if (datastore.matches()) {
                place = datastores.at(datastore.group(1), datastore.group(2));
            } else if (output) {
                throw Fields.refused("An output needs a uri as azureml://datastores/NAME/paths/PATH.");
            } else {
                place = datastores.containers().ofUrl(uri);
            }
            return new JobSpec.Data(folder, uri, place);
        } catch (UnreachableStore | IllegalArgumentException e) {
            throw Fields.refused("The uri of an input or output cannot be used: " + e.getMessage());
        }
    }
}

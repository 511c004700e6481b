package dev.bes.sandbox.portal.developer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.blob.Blobs;
import dev.bes.sandbox.blob.BlockOutput;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A small CSV in the sandbox's store, so that the example of a batch job has an input that exists. */
final class SampleInput {

    private static final String INPUT = "samples/input.csv";
    private static final String OUTPUT = "samples/output.csv";
    private static final String CSV = "Col2\nThis is a good day\nI loved this book\n";
    private static final String CONNECTION = "ConnectionString";
    private static final String LOCATION = "RelativeLocation";

    private final Blobs blobs;
    private final AtomicBoolean written = new AtomicBoolean();

    SampleInput(Blobs blobs) {
        this.blobs = blobs;
    }

    /**
     * The example of a submit with the sample in place of the blobs that it makes up. It stays as it is when no connection
     * string without a secret means the store.
     */
    JsonNode inPlaceOf(JsonNode example) {
        if (blobs.isDevelopmentStore() && !example.findParents(CONNECTION).isEmpty()) {
            writeOnce();
            JsonNode filled = example.deepCopy();
            fill(filled.path("Input"), INPUT);
            filled.path("Inputs").forEach(input -> fill(input, INPUT));
            filled.path("Outputs").forEach(output -> fill(output, OUTPUT));
            return filled;
        }
        return example;
    }

    private static void fill(JsonNode reference, String path) {
        if (reference instanceof ObjectNode node && node.has(CONNECTION)) {
            node.put(CONNECTION, "UseDevelopmentStorage=true").put(LOCATION, "/" + path);
        }
    }

    private void writeOnce() {
        if (written.compareAndSet(false, true)) {
            BlobReference place = blobs.ownLocation(INPUT);
            BlockOutput blob = blobs.write(place);
            byte[] bytes = CSV.getBytes(UTF_8);
            blob.write(bytes, 0, bytes.length);
            blob.commit(true);
        }
    }
}

package dev.bes.benchmarks.stub;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;

/** A model behind the Open Inference Protocol that returns the tensors that it is sent. */
final class StubModel {

    static final String NAME = "copy";
    static final String PATH = "/v2/models/" + NAME;
    /** The name of the call that scores a batch. */
    static final String INFER = "infer";

    private static final String INPUTS = "{\"inputs\":";
    private static final String TENSORS = """
            [{"name": "id", "datatype": "INT64", "shape": [-1]}, {"name": "species", "datatype": "BYTES", "shape": [-1]},
             {"name": "height", "datatype": "INT64", "shape": [-1]}]""";

    private final CallCounts counts;

    StubModel(CallCounts counts) {
        this.counts = counts;
    }

    Reply handle(Request request) {
        if (request.method().equals("GET")) {
            counts.add("metadata");
            return Reply.json(
                    200, "{\"name\": \"%s\", \"inputs\": %s, \"outputs\": %s}".formatted(NAME, TENSORS, TENSORS));
        }
        counts.add(INFER);
        String body = request.body();
        if (!body.startsWith(INPUTS)) {
            throw new IllegalStateException("A batch begins otherwise than with its inputs");
        }
        return Reply.json(200, "{\"model_name\":\"" + NAME + "\",\"outputs\":" + body.substring(INPUTS.length()));
    }
}

package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.blob.Blobs;
import dev.bes.sandbox.catalogue.Parameters;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.dataset.DataFormat;
import dev.bes.sandbox.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and checks the body of a submit. Source: the "consume web services" articles and the error codes. */
final class SubmissionReader {

    private static final JsonMapper json = JsonMapper.builder().build();

    private final BlobReferences references;

    SubmissionReader(Blobs blobs) {
        this.references = new BlobReferences(blobs, DataFormat.extensions());
    }

    /** @throws dev.bes.sandbox.problem.Rejection when the service would refuse the body */
    Submission read(WebService service, String body) {
        JsonNode root = parse(body);
        return new Submission(
                inputs(service, root),
                outputs(service, root.path("Outputs")),
                Parameters.read(service, root.path("GlobalParameters")));
    }

    private static JsonNode parse(String body) {
        JsonNode root;
        try {
            root = json.readTree(body);
        } catch (JacksonException e) {
            throw Problem.REQUEST_BODY_INVALID.about();
        }
        if (root.isNull()) {
            throw Problem.REQUEST_IS_EMPTY.about();
        }
        if (!root.isObject()) {
            throw Problem.REQUEST_BODY_INVALID.about();
        }
        return root;
    }

    private Map<String, BlobReference> inputs(WebService service, JsonNode root) {
        JsonNode single = object(root.path("Input"));
        JsonNode several = object(root.path("Inputs"));
        if (single.isObject() && !several.isEmpty()) {
            throw Problem.DUPLICATE_INPUT_IN_BATCH_CALL.about();
        }
        Map<String, JsonNode> given = new TreeMap<>();
        several.properties().forEach(input -> given.put(input.getKey(), input.getValue()));
        if (single.isObject()) {
            given.put(service.inputNames().stream().findFirst().orElse("input1"), single);
        }
        checkInputs(service.inputNames(), given.keySet());
        Map<String, BlobReference> inputs = new TreeMap<>();
        given.forEach((name, input) -> inputs.put(name, references.input(input)));
        return inputs;
    }

    private static void checkInputs(List<String> known, Set<String> given) {
        List<String> missing =
                known.stream().filter(name -> !given.contains(name)).toList();
        if (given.size() > known.size()) {
            throw Problem.BATCH_JOB_INPUTS_TOO_MANY_SPECIFIED.about(String.join(", ", known));
        }
        if (!known.containsAll(given)) {
            throw Problem.INVALID_INPUT_NAMES.about(String.join(", ", given));
        }
        if (!missing.isEmpty()) {
            throw Problem.BATCH_JOB_INPUTS_NOT_SPECIFIED.about(String.join(", ", missing));
        }
    }

    private Map<String, BlobReference> outputs(WebService service, JsonNode given) {
        Map<String, BlobReference> outputs = new TreeMap<>();
        for (Map.Entry<String, JsonNode> output : object(given).properties()) {
            String name = output.getKey();
            if (!service.outputs().contains(name)) {
                throw Problem.INVALID_OUTPUT_OVERRIDE_NAME.about(name);
            }
            if (!output.getValue().isObject() || output.getValue().isEmpty()) {
                throw Problem.MISSING_OUTPUT_OVERRIDE_SPECIFICATION.about(name);
            }
            outputs.put(name, references.output(output.getValue()));
        }
        return outputs;
    }

    private static JsonNode object(JsonNode node) {
        if (!node.isObject() && !node.isNull() && !node.isMissingNode()) {
            throw Problem.REQUEST_BODY_INVALID.about();
        }
        return node;
    }
}

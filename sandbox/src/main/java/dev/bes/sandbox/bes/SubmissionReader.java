package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.blob.Blobs;
import dev.bes.sandbox.catalogue.Parameters;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.dataset.DataFormat;
import dev.bes.sandbox.problem.Problem;
import dev.bes.sandbox.request.InputNames;
import dev.bes.sandbox.request.Members;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.RequestAnswer.SingleOutput;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and checks the body of a submit. Source: the "consume web services" articles and the error codes. */
final class SubmissionReader {

    private final BlobReferences references;

    SubmissionReader(Blobs blobs) {
        this.references = new BlobReferences(blobs, DataFormat.extensions());
    }

    /** @throws dev.bes.sandbox.problem.Rejection when the service would refuse the body */
    Submission read(WebService service, String body, Assumptions assumptions) {
        Members root = Members.ofBody(body, assumptions);
        return new Submission(
                inputs(service, root),
                outputs(service, root),
                Parameters.read(service, root.object("GlobalParameters").node()),
                pool(root.get("AzureBatchPoolId")));
    }

    private Map<String, BlobReference> inputs(WebService service, Members root) {
        Members single = root.object("Input");
        Members several = root.object("Inputs");
        if (!single.isAbsent() && !several.node().isEmpty()) {
            throw Problem.DUPLICATE_INPUT_IN_BATCH_CALL.about();
        }
        Members given = single.isAbsent() ? several : named(service, single);
        InputNames.check(service.inputNames(), given, Problem.BATCH_JOB_INPUTS_NOT_SPECIFIED);
        Map<String, BlobReference> inputs = new TreeMap<>();
        for (String name : service.inputNames()) {
            Members input = Members.of(given.node().path(name), root.assumptions());
            inputs.put(name, references.input(input));
        }
        return inputs;
    }

    private static Members named(WebService service, Members single) {
        String name = service.inputNames().stream().findFirst().orElse("input1");
        ObjectNode inputs = JsonNodeFactory.instance.objectNode();
        inputs.set(name, single.node());
        return new Members(inputs, single.assumptions());
    }

    private Map<String, BlobReference> outputs(WebService service, Members root) {
        Map<String, BlobReference> outputs = new TreeMap<>();
        Members single = root.object("Output");
        if (!single.isAbsent() && root.assumptions().has(SingleOutput.TAKEN)) {
            outputs.put(service.outputs().getFirst(), references.output(single));
        }
        for (Map.Entry<String, JsonNode> output : root.object("Outputs").node().properties()) {
            String name = output.getKey();
            if (!service.outputs().contains(name)) {
                throw Problem.INVALID_OUTPUT_OVERRIDE_NAME.about(name);
            }
            Members given = Members.of(output.getValue(), root.assumptions());
            if (given.node().isEmpty()) {
                throw Problem.MISSING_OUTPUT_OVERRIDE_SPECIFICATION.about(name);
            }
            outputs.put(name, references.output(given));
        }
        checkEncrypted(service, outputs.keySet());
        return outputs;
    }

    private static void checkEncrypted(WebService service, Set<String> given) {
        List<String> missing =
                service.outputs().stream().filter(name -> !given.contains(name)).toList();
        if (service.encrypted() && !missing.isEmpty()) {
            throw Problem.MISSING_REQUIRED_OUTPUT_OVERRIDES.about(String.join(", ", missing));
        }
    }

    /** Source: "dedicated capacity for BES jobs". */
    private static @Nullable String pool(JsonNode given) {
        if (given.isContainer()) {
            throw Problem.REQUEST_BODY_INVALID.about();
        }
        return given.isNull() || given.isMissingNode() || given.asString().isEmpty() ? null : given.asString();
    }
}

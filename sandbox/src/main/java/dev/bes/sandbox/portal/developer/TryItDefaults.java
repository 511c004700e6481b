package dev.bes.sandbox.portal.developer;

import dev.bes.sandbox.bes.BatchExecution;
import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.managedapi.MessageBody;
import dev.bes.sandbox.managedapi.Operation;
import dev.bes.sandbox.managedapi.OperationParameter;
import dev.bes.sandbox.portal.PageRequest;
import dev.bes.sandbox.portal.PrettyJson;
import dev.bes.sandbox.samples.SampleLanguage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Fills the form before the first call, so that the call works: with the examples of the definition, a real blob, the newest
 * job and the key of the service. A query parameter of the page's address goes before the default of the same name.
 */
final class TryItDefaults {

    private static final String SERVICE = "service";
    private static final String JOB = "jobid";

    private final Visitors visitors;
    private final Catalogue catalogue;
    private final BatchExecution batch;
    private final SampleInput sampleInput;

    TryItDefaults(Visitors visitors, Catalogue catalogue, BatchExecution batch, SampleInput sampleInput) {
        this.visitors = visitors;
        this.catalogue = catalogue;
        this.batch = batch;
        this.sampleInput = sampleInput;
    }

    TryItForm form(Operation operation, PageRequest request) {
        Map<String, String> values = new LinkedHashMap<>();
        for (OperationParameter parameter : TryItForm.parameters(operation)) {
            values.put(parameter.name(), request.query(parameter.name()).orElseGet(() -> example(parameter, values)));
        }
        String user = visitors.known(request.query("user").orElse(""));
        return new TryItForm(
                        values,
                        user,
                        request.query("subscription").orElseGet(() -> visitors.first(user)),
                        headers(operation, values),
                        body(operation.request()),
                        SampleLanguage.CURL)
                .fitted(visitors);
    }

    private String example(OperationParameter parameter, Map<String, String> before) {
        Optional<String> newest =
                parameter.name().equals(JOB) ? service(before).flatMap(batch::newestJob) : Optional.empty();
        return newest.orElse(parameter.example() == null ? "" : parameter.example());
    }

    private String headers(Operation operation, Map<String, String> values) {
        String type = operation.request() == null
                ? ""
                : "Content-Type: " + operation.request().contentType() + "\n";
        return type
                + service(values)
                        .map(it -> "Authorization: Bearer " + it.apiKey())
                        .orElse("");
    }

    private Optional<WebService> service(Map<String, String> values) {
        String id = values.getOrDefault(SERVICE, "");
        return catalogue.services().stream()
                .filter(it -> it.serviceId().equals(id))
                .findFirst();
    }

    private String body(@Nullable MessageBody request) {
        JsonNode example = request == null ? null : request.example();
        return example == null ? "" : PrettyJson.of(sampleInput.inPlaceOf(example));
    }
}

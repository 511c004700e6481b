package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.RequestResponse;
import dev.bes.orchestrator.remote.Table;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The Request/Response Service. Source: consume-web-services articles; the query of the guide's operation. */
final class BesRequestResponse implements RequestResponse {

    private static final String EXECUTE = "/execute?api-version=2.0&details=true";

    private final Function<String, Line> lines;

    BesRequestResponse(Function<String, Line> lines) {
        this.lines = lines;
    }

    @Override
    public Map<String, Table> execute(String endpoint, Map<String, Table> inputs, Map<String, String> parameters) {
        Line line = lines.apply(endpoint);
        byte[] body = Json.MAPPER.writeValueAsBytes(TableJson.request(inputs, parameters));
        byte[] answer = line.send(Call.EXECUTE, "POST", EXECUTE, BodyPublishers.ofByteArray(body));
        try {
            JsonNode results = Json.MAPPER.readTree(answer).path("Results");
            if (results.isObject()) {
                Map<String, Table> outputs = new LinkedHashMap<>();
                results.forEachEntry((name, output) -> outputs.put(name, TableJson.table(output)));
                return outputs;
            }
        } catch (JacksonException e) {
            throw line.faults().unavailable(Call.EXECUTE, "the answer is not JSON");
        }
        throw line.faults().unavailable(Call.EXECUTE, "the answer has no Results");
    }
}

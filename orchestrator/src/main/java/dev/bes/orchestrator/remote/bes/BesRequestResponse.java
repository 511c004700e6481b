package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.RequestResponse;
import dev.bes.orchestrator.remote.Table;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The Request/Response Service. Source: consume-web-services articles; the query of the guide's operation. */
final class BesRequestResponse implements RequestResponse {

    private static final String EXECUTE = "/execute?api-version=2.0&details=true";

    /** Calls at a time that a service takes. Source: Studio FAQ (20 per endpoint, unless it was given more). */
    private static final int PLACES = 20;

    private final Function<String, Line> lines;
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

    BesRequestResponse(Function<String, Line> lines) {
        this.lines = lines;
    }

    @Override
    public Map<String, Table> execute(String endpoint, Map<String, Table> inputs, Map<String, String> parameters) {
        Line line = lines.apply(endpoint);
        byte[] body = Json.MAPPER.writeValueAsBytes(TableJson.request(inputs, parameters));
        byte[] answer = send(line, places.computeIfAbsent(endpoint, name -> new Semaphore(PLACES)), body);
        return read(line, answer);
    }

    /** One answer at a time: while it is read it takes many times the room of its bytes. */
    private synchronized Map<String, Table> read(Line line, byte[] answer) {
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

    private static byte[] send(Line line, Semaphore places, byte[] body) {
        places.acquireUninterruptibly();
        try {
            return line.send(Call.EXECUTE, "POST", EXECUTE, BodyPublishers.ofByteArray(body));
        } finally {
            places.release();
        }
    }
}

package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.OneCallService;
import dev.bes.orchestrator.remote.Table;
import dev.bes.orchestrator.remote.http.ManagedApiClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The Request/Response Service. Source: consume-web-services articles; the query of the guide's operation. */
final class BesRequestResponse implements OneCallService {

    private static final String EXECUTE = "/execute?api-version=2.0&details=true";

    /** Concurrent calls that a service accepts. Source: Studio FAQ (20 per endpoint, unless it was given more). */
    private static final int MAX_CONCURRENT_CALLS = 20;

    /** Shared by all endpoints. A parsed answer takes many times the memory of its bytes, so one is parsed at a time. */
    private static final Object READ_LOCK = new Object();

    private final ManagedApiClient managedApiClient;
    private final Semaphore callPermits = new Semaphore(MAX_CONCURRENT_CALLS);

    BesRequestResponse(ManagedApiClient managedApiClient) {
        this.managedApiClient = managedApiClient;
    }

    @Override
    public Map<String, Table> score(Map<String, Table> inputs, Map<String, String> parameters) {
        byte[] body = BesJson.MAPPER.writeValueAsBytes(TableJson.request(inputs, parameters));
        byte[] answer = send(body);
        synchronized (READ_LOCK) {
            return read(answer);
        }
    }

    private Map<String, Table> read(byte[] answer) {
        try {
            JsonNode results = BesJson.MAPPER.readTree(answer).path("Results");
            if (results.isObject()) {
                Map<String, Table> outputs = new LinkedHashMap<>();
                results.forEachEntry((name, output) -> outputs.put(name, TableJson.table(output)));
                return outputs;
            }
        } catch (JacksonException e) {
            throw managedApiClient.messages().unavailable(BesCall.EXECUTE, "the answer is not JSON");
        }
        throw managedApiClient.messages().unavailable(BesCall.EXECUTE, "the answer has no Results");
    }

    private byte[] send(byte[] body) {
        callPermits.acquireUninterruptibly();
        try {
            return managedApiClient.send(BesCall.EXECUTE, "POST", EXECUTE, BodyPublishers.ofByteArray(body));
        } finally {
            callPermits.release();
        }
    }
}

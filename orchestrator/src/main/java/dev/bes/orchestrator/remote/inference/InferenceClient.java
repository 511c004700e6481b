package dev.bes.orchestrator.remote.inference;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.http.ManagedApiClient;
import dev.bes.orchestrator.remote.settings.InferenceSettings;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls one model. Source: github.com/kserve/open-inference-protocol, {@code specification/protocol/inference_rest.md}:
 * {@code GET /v2/models/{m}[/versions/{v}]} and {@code POST …/infer}.
 */
final class InferenceClient {
    static final JsonMapper JSON = new JsonMapper();

    /** A model that is replaced under its name is asked for again after this time, or when it refuses a batch. */
    private static final Duration METADATA_VALIDITY = Duration.ofMinutes(1);

    private final ManagedApiClient client;
    private final String path;
    private final Semaphore permits;
    private final InstantSource clock;
    private volatile @Nullable Metadata metadata;

    InferenceClient(ManagedApiClient client, InferenceSettings settings, InstantSource clock) {
        this.client = client;
        this.path = "/v2/models/" + segment(settings.model())
                + (settings.version() == null ? "" : "/versions/" + segment(settings.version()));
        this.permits = new Semaphore(settings.parallelBatches());
        this.clock = clock;
    }

    /** What a model takes and gives, as of some time. */
    record Metadata(List<Tensor> inputs, List<Tensor> outputs, Instant at) {}

    private static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The description of the model, which is requested once in a while. */
    synchronized Metadata metadata() {
        Metadata known = metadata;
        if (known == null || Duration.between(known.at, clock.instant()).abs().compareTo(METADATA_VALIDITY) > 0) {
            known = request();
            metadata = known;
        }
        return known;
    }

    private Metadata request() {
        byte[] answer = client.send(InferenceCall.METADATA, "GET", path, BodyPublishers.noBody());
        JsonNode json = parse(InferenceCall.METADATA, answer, JSON::readTree);
        if (!json.path("inputs").isArray() || !json.path("outputs").isArray()) {
            throw client.messages()
                    .unavailable(InferenceCall.METADATA, "the answer does not describe inputs and outputs");
        }
        return new Metadata(Tensor.list(json.path("inputs")), Tensor.list(json.path("outputs")), clock.instant());
    }

    /**
     * Scores a batch; at most so many at a time as the settings allow.
     *
     * @return the elements of each output by its name, row by row
     */
    Map<String, List<@Nullable String>> infer(byte[] body) {
        return parse(InferenceCall.INFER, send(body), TensorReader::read);
    }

    private byte[] send(byte[] body) {
        permits.acquireUninterruptibly();
        try {
            return client.send(InferenceCall.INFER, "POST", path + "/infer", BodyPublishers.ofByteArray(body));
        } catch (RemoteException.Rejected | RemoteException.NotFound e) {
            metadata = null;
            throw e;
        } finally {
            permits.release();
        }
    }

    /** An answer that does not fit the description of the model; it would not the next time either. */
    RemoteException.Rejected unusable(String what) {
        return new RemoteException.Rejected(
                RemoteException.Reason.REQUEST, client.messages().label(InferenceCall.INFER) + what);
    }

    private <T> T parse(InferenceCall call, byte[] answer, Function<byte[], T> reader) {
        try {
            return reader.apply(answer);
        } catch (JacksonException e) {
            throw client.messages().unavailable(call, "the answer is not JSON");
        }
    }
}

package dev.bes.sandbox.inference;

import dev.bes.sandbox.catalogue.Behaviour;
import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.catalogue.Input;
import dev.bes.sandbox.catalogue.Parameters;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.dataset.Dataset;
import dev.bes.sandbox.dataset.InvalidDataset;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.model.ModuleFailure;
import dev.bes.sandbox.problem.Rejection;
import dev.bes.sandbox.settings.JobAnswer.NumberWords;
import dev.bes.sandbox.settings.RuntimeSettings;
import dev.bes.sandbox.swagger.OutputColumns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the services of the catalogue that have one input as models, each with its first output. A call needs no key; a key
 * that is sent must be the service's. Source: github.com/kserve/open-inference-protocol,
 * {@code specification/protocol/inference_rest.md}.
 */
public final class InferenceServer implements Handler {

    private static final Logger log = LoggerFactory.getLogger(InferenceServer.class);
    private static final JsonMapper json = JsonMapper.builder().build();
    private static final String VERSION = "1";

    private final Catalogue catalogue;
    private final Journal journal;
    private final RuntimeSettings settings;
    private final InferenceLimit limit;

    /** Creates a server; what it scores is written to the journal. */
    public InferenceServer(Catalogue catalogue, Journal journal, RuntimeSettings settings) {
        this.catalogue = catalogue;
        this.journal = journal;
        this.settings = settings;
        this.limit = new InferenceLimit(settings);
    }

    /** Whether a path belongs to the protocol. */
    public static boolean owns(String path) {
        return path.equals("/v2") || path.startsWith("/v2/");
    }

    @Override
    public Reply handle(Request request) {
        try {
            return answer(request);
        } catch (InferenceError e) {
            return e.reply();
        } catch (Rejection | InvalidDataset | ModuleFailure e) {
            return InferenceError.badRequest(String.valueOf(e.getMessage())).reply();
        } catch (RuntimeException e) {
            log.error("{} {} failed", request.method(), request.path(), e);
            return new InferenceError(500, "the server failed").reply();
        }
    }

    private Reply answer(Request request) {
        return switch (request.method() + " " + request.path().replaceAll("/$", "")) {
            case "GET /v2" -> reply(Map.of("name", "bes-sandbox", "version", VERSION, "extensions", List.of()));
            case "GET /v2/health/live" -> reply(Map.of("live", true));
            case "GET /v2/health/ready" -> reply(Map.of("ready", true));
            default ->
                answer(
                        request,
                        ModelAddress.of(request.path()).orElseThrow(() -> new InferenceError(404, "not an address")));
        };
    }

    private Reply answer(Request request, ModelAddress address) {
        WebService service = model(address);
        checkKey(request, service);
        return switch (request.method() + " " + address.operation()) {
            case "GET " -> reply(metadata(service));
            case "GET ready" -> reply(Map.of("name", service.name(), "ready", true));
            case "POST infer" -> limit.within(service, () -> infer(service, request));
            default -> throw new InferenceError(405, request.method() + " is not possible here");
        };
    }

    /** A service without exactly one input, or whose jobs do not score, is no model. */
    private WebService model(ModelAddress address) {
        if (!address.version().isEmpty() && !address.version().equals(VERSION)) {
            throw new InferenceError(404, "model '" + address.model() + "' has no version '" + address.version() + "'");
        }
        return catalogue.services().stream()
                .filter(service -> service.name().equals(address.model()))
                .filter(service -> service.inputs().size() == 1 && service.behaviour() == Behaviour.SCORES)
                .findFirst()
                .orElseThrow(() -> new InferenceError(404, "model '" + address.model() + "' is not found"));
    }

    private static void checkKey(Request request, WebService service) {
        String sent = request.header("Authorization").orElse("");
        if (!sent.isEmpty()
                && !(sent.regionMatches(true, 0, "Bearer ", 0, 7)
                        && service.accepts(sent.substring(7).strip()))) {
            throw new InferenceError(401, "the key is not accepted");
        }
    }

    private static Map<String, Object> metadata(WebService service) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", service.name());
        metadata.put("versions", List.of(VERSION));
        metadata.put("platform", "bes-sandbox");
        metadata.put("inputs", Tensors.metadata(service.inputs().getFirst().schema()));
        metadata.put("outputs", Tensors.metadata(OutputColumns.of(service).getFirst()));
        return metadata;
    }

    private Reply infer(WebService service, Request request) {
        JsonNode body = body(request);
        Input input = service.inputs().getFirst();
        Dataset rows = Tensors.read(body.path("inputs"), input.schema());
        Dataset scored = score(service, Parameters.read(service, body.path("parameters")), input, rows);
        journal.append(
                Event.EXECUTE,
                null,
                Map.of("service", service.name(), "rows", scored.rows().size(), "sha256", scored.sha256()));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("model_name", service.name());
        answer.put("model_version", VERSION);
        answer.put("id", body.path("id").asString(UUID.randomUUID().toString()));
        answer.put("outputs", Tensors.write(scored));
        return reply(answer);
    }

    private Dataset score(WebService service, Map<String, String> parameters, Input input, Dataset rows) {
        List<Dataset.Collector> outputs =
                service.outputs().stream().map(name -> new Dataset.Collector()).toList();
        boolean numbersAsIs = settings.assumptions().has(NumberWords.OWN_VALUE);
        service.model()
                .score(
                        service.settings(parameters, numbersAsIs),
                        List.of(input.typed(rows.reader())),
                        List.copyOf(outputs));
        return outputs.getFirst().dataset();
    }

    private static JsonNode body(Request request) {
        try {
            JsonNode body = json.readTree(request.body());
            if (body.isObject()) {
                return body;
            }
        } catch (JacksonException e) {
            throw InferenceError.badRequest("the body is not JSON");
        }
        throw InferenceError.badRequest("the body is no object");
    }

    private static Reply reply(Object body) {
        return Reply.json(200, json.writeValueAsString(body));
    }
}

package dev.bes.sandbox;

import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import dev.bes.sandbox.settings.RrsCapacity;
import dev.bes.sandbox.settings.RuntimeSettings;
import dev.bes.sandbox.settings.ServiceTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The control API of the sandbox, below {@code /_sandbox/} on the direct port: reads its state and changes its settings. */
final class Control implements Handler {

    static final String PREFIX = "/_sandbox/";

    private static final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final RuntimeSettings settings;
    private final Journal journal;

    Control(RuntimeSettings settings, Journal journal) {
        this.settings = settings;
        this.journal = journal;
    }

    @Override
    public Reply handle(Request request) {
        return switch (request.method() + " " + request.path().substring(PREFIX.length())) {
            case "GET health" -> reply(Map.of("status", "UP"));
            case "GET journal" -> lines();
            case "GET service-time" -> serviceTime();
            case "PUT service-time" -> serviceTime(request.body());
            case "GET assumptions" -> reply(settings.assumptions().asMap());
            case "PUT assumptions" -> assumptions(request.body());
            case "GET rrs-capacity" -> reply(settings.rrsCapacity());
            case "PUT rrs-capacity" -> rrsCapacity(request.body());
            case "GET batch-endpoints" -> reply(settings.batchEndpoints());
            case "PUT batch-endpoints" -> batchEndpoints(request.body());
            default -> Reply.json(404, "{\"message\":\"Not an address of the control API\"}");
        };
    }

    private Reply lines() {
        try {
            journal.force();
            return new Reply(200, Map.of("Content-Type", "application/x-ndjson"), Files.readString(journal.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply serviceTime() {
        ServiceTime time = settings.serviceTime();
        return reply(Map.of(
                "minMillis", time.min().toMillis(), "maxMillis", time.max().toMillis()));
    }

    private Reply serviceTime(String body) {
        try {
            JsonNode wanted = json.readTree(body);
            settings.serviceTime(new ServiceTime(
                    Duration.ofMillis(wanted.path("minMillis").asLong()),
                    Duration.ofMillis(wanted.path("maxMillis").asLong())));
            return serviceTime();
        } catch (JacksonException | IllegalArgumentException e) {
            return Reply.json(400, "{\"message\":\"Send {minMillis, maxMillis} with 0 <= min <= max\"}");
        }
    }

    /** Fields that are not sent do not change. */
    private Reply assumptions(String body) {
        try {
            Map<String, Object> changes = json.readValue(body, new TypeReference<>() {});
            settings.assumptions(settings.assumptions().with(changes));
            return reply(settings.assumptions().asMap());
        } catch (JacksonException e) {
            return refused("Send some of the fields that a GET shows; see docs/assumptions.md");
        } catch (IllegalArgumentException e) {
            return refused(e.getMessage());
        }
    }

    private Reply rrsCapacity(String body) {
        return changed(settings.rrsCapacity(), body, RrsCapacity.class, settings::rrsCapacity);
    }

    private Reply batchEndpoints(String body) {
        return changed(settings.batchEndpoints(), body, BatchEndpointSettings.class, settings::batchEndpoints);
    }

    /** Fields that are not sent do not change. */
    private static <T> Reply changed(T before, String body, Class<T> type, Consumer<T> change) {
        try {
            ObjectNode wanted = json.valueToTree(before);
            merge(wanted, (ObjectNode) json.readTree(body));
            T changed = json.treeToValue(wanted, type);
            change.accept(changed);
            return reply(changed);
        } catch (ValueInstantiationException e) {
            return refused(
                    String.valueOf(e.getCause() == null ? null : e.getCause().getMessage()));
        } catch (JacksonException | ClassCastException e) {
            return refused("Send some of the fields that a GET shows, times as PT1.5S");
        }
    }

    private static void merge(ObjectNode target, ObjectNode changes) {
        changes.properties().forEach(change -> {
            if (change.getValue() instanceof ObjectNode deeper
                    && target.get(change.getKey()) instanceof ObjectNode existing) {
                merge(existing, deeper);
            } else {
                target.set(change.getKey(), change.getValue());
            }
        });
    }

    private static Reply refused(@Nullable String message) {
        return Reply.json(400, json.writeValueAsString(Map.of("message", String.valueOf(message))));
    }

    private static Reply reply(Object body) {
        return Reply.json(200, json.writeValueAsString(body));
    }
}

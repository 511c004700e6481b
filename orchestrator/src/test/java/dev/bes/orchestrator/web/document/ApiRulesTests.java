package dev.bes.orchestrator.web.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The conventions of docs/api.md hold for every call of the committed document. {@link OpenApiTests} holds the document against
 * the service, so a new call that keeps to none of them fails the build.
 */
@Tag("slow")
class ApiRulesTests {
    /** What a POST without an idempotency key may do: change what there is, which is the same the second time, or nothing at all. */
    private static final Set<String> VERBS = Set.of(
            "cancel",
            "diff",
            "disable",
            "enable",
            "pause",
            "plan",
            "remove",
            "reset-password",
            "resume",
            "retry",
            "revoke",
            "sign-out",
            "validate");

    /** Answers with items that are no list to page through. */
    private static final Map<String, String> NO_LISTS = Map.of(
            "/api/v1/attention", "the newest of several lists, each of which has an address of its own",
            "/api/v1/definitions/{name}/shadow", "one sum for each column, over the last comparisons",
            "/api/v1/definitions/{name}/partitions", "one for each time in a range that the caller names",
            "/api/v1/explain", "the findings about one thing",
            "/api/v1/me", "the caller alone",
            "/api/v1/schedules/simulation", "computed for a range that the caller names, which is bounded");

    private final ObjectNode document;

    ApiRulesTests() throws IOException {
        document = ApiDocument.read(Path.of("../docs/openapi.yaml"));
    }

    private Map<String, JsonNode> calls(String method) {
        Map<String, JsonNode> calls = new TreeMap<>();
        document.path("paths").forEachEntry((path, item) -> {
            if (item.has(method)) {
                calls.put(path, item.path(method));
            }
        });
        assertThat(calls).isNotEmpty();
        return calls;
    }

    private static Set<String> parameters(JsonNode call) {
        return call.path("parameters")
                .valueStream()
                .map(parameter -> parameter.path("name").asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether the answer to a call has a field that is an array of objects. */
    private boolean hasItems(JsonNode call) {
        String schema =
                call.at("/responses/200/content/application~1json/schema/$ref").asString("");
        return document.at("/components/schemas/" + last(schema) + "/properties")
                .valueStream()
                .anyMatch(field -> field.at("/items/$ref").isString());
    }

    @Test
    void everyCallThatCreatesSomethingTakesAnIdempotencyKey() {
        calls("post").forEach((path, call) -> {
            boolean creates = call.path("responses").has("201");
            assertThat(creates || VERBS.contains(last(path)))
                    .as("POST %s answers 201, or is a verb that is harmless to repeat", path)
                    .isTrue();
            assertThat(parameters(call).contains("Idempotency-Key"))
                    .as("POST %s takes an idempotency key if it creates something", path)
                    .isEqualTo(creates);
        });
    }

    @Test
    void everyListHasACursorAnOrderALimitAndFields() {
        calls("get").forEach((path, call) -> {
            if (hasItems(call) && !path.endsWith("}") && !NO_LISTS.containsKey(path)) {
                assertThat(parameters(call)).as(path).contains("cursor", "sort", "limit", "fields");
            }
        });
        assertThat(calls("get").keySet()).containsAll(NO_LISTS.keySet());
    }

    @Test
    void everyResourceHasFieldsToChooseFrom() {
        calls("get").forEach((path, call) -> {
            if (path.endsWith("}") && !path.contains("/outputs/")) {
                assertThat(parameters(call)).as(path).contains("fields");
            }
        });
    }

    @Test
    void everyCallSaysWhatItIsFor() {
        document.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry(
                        (method, call) -> assertThat(call.path("summary").asString(""))
                                .as("%s %s", method, path)
                                .endsWith(".")));
    }

    @Test
    void everyPutTakesTheTagThatTheCallerHasSeen() {
        calls("put")
                .forEach((path, call) -> assertThat(parameters(call)).as(path).contains("If-Match"));
    }
}

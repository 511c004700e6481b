package dev.bes.orchestrator.definition.load;

import dev.bes.orchestrator.definition.Attempts;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definition.Fairness;
import dev.bes.orchestrator.definition.Definition.Fold;
import dev.bes.orchestrator.definition.Definition.OneCallLimit;
import dev.bes.orchestrator.definition.Definition.Shadow;
import dev.bes.orchestrator.definition.Delivery;
import dev.bes.orchestrator.definition.Input;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.definition.check.RequestSchemaMapper;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import tools.jackson.databind.JsonNode;

/** Maps a validated tree to a definition. Missing keys get the defaults of the schema. */
record DefinitionMapper(JsonNode root) {

    Definition definition() {
        Map<String, Input> inputs = map(root.path("inputs"), DefinitionMapper::input);
        String first = inputs.keySet().iterator().next();
        return new Definition(
                root.path("name").asString(),
                root.path("description").asString(""),
                root.path("endpoint").asString(),
                inputs,
                map(root.path("outputs"), DefinitionMapper::output),
                map(root.path("parameters"), JsonNode::asString),
                ArrivalMapper.triggers(root.path("triggers"), first),
                delivery(root.path("delivery")),
                attempts(root.path("attempts")),
                duration(root.path("deadline"), "24h"),
                root.path("priority").asInt(Definition.DEFAULT_PRIORITY),
                requestResponse(root.path("request-response")),
                text(root.path("partition")),
                RequestSchemaMapper.of(root),
                fairness(root.path("fairness")),
                text(root.path("pool")),
                list(root.path("callbacks"), JsonNode::asString),
                shadow(root.path("shadow")),
                fold(root.path("fold")));
    }

    private static Input input(JsonNode input) {
        return new Input(text(input.path("from")), columns(input));
    }

    private static Output output(JsonNode output) {
        String rows = output.path("rows").asString("same");
        boolean absent = output.path("header").asString("present").equals("absent");
        return new Output(
                Output.Rows.valueOf(rows.toUpperCase(Locale.ROOT)),
                columns(output),
                absent ? Output.Header.ABSENT : null);
    }

    private static List<String> columns(JsonNode port) {
        return list(port.path("columns"), JsonNode::asString);
    }

    private static Delivery delivery(JsonNode delivery) {
        String[] container = ArrivalMapper.location(delivery.path("container").asString(""));
        return new Delivery(
                delivery.path("folder").asString("${definition}/${run.id}"),
                delivery.has("container") ? new Delivery.Container(container[0], container[1]) : null,
                ArrivalMapper.word(delivery.path("to"), Delivery.To.class));
    }

    private static Attempts attempts(JsonNode attempts) {
        return new Attempts(attempts.path("max").asInt(1), duration(attempts.path("backoff"), "30s"));
    }

    private static @Nullable OneCallLimit requestResponse(JsonNode requestResponse) {
        return requestResponse.isMissingNode()
                ? null
                : new OneCallLimit(requestResponse.path("rows").asInt());
    }

    private static @Nullable Fairness fairness(JsonNode fairness) {
        return fairness.isMissingNode() ? null : new Fairness(text(fairness.path("key")), text(fairness.path("by")));
    }

    private static @Nullable Shadow shadow(JsonNode shadow) {
        return shadow.isMissingNode()
                ? null
                : new Shadow(
                        shadow.path("endpoint").asString(),
                        Double.parseDouble(shadow.path("share").asString("100%").replace("%", "")),
                        shadow.path("tolerance").asDouble(0.000001),
                        map(shadow.path("columns"), JsonNode::asDouble),
                        ArrivalMapper.word(shadow.path("header"), Output.Header.class));
    }

    private static @Nullable Fold fold(JsonNode fold) {
        return fold.isMissingNode()
                ? null
                : new Fold(
                        fold.path("files").asInt(Fold.DEFAULT_FILES),
                        number(fold.path("rows"), Fold.DEFAULT_ROWS),
                        duration(fold.path("wait"), "0s"),
                        fold.path("file").asString(),
                        text(fold.path("row")));
    }

    /** A number, or one in thousands or millions such as 2M. */
    private static long number(JsonNode number, long otherwise) {
        String text = number.asString(Long.toString(otherwise));
        long unit = text.endsWith("M") ? 1_000_000 : text.endsWith("k") ? 1_000 : 1;
        return Long.parseLong(unit == 1 ? text : text.substring(0, text.length() - 1)) * unit;
    }

    static @Nullable String text(JsonNode text) {
        return text.isMissingNode() ? null : text.asString();
    }

    static Duration duration(JsonNode text, String defaultValue) {
        return DurationFormatterUtils.detectAndParse(text.asString(defaultValue));
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
        return array.valueStream().map(element).toList();
    }

    private static <T> Map<String, T> map(JsonNode object, Function<JsonNode, T> value) {
        Map<String, T> map = new LinkedHashMap<>();
        object.forEachEntry((key, node) -> map.put(key, value.apply(node)));
        return Collections.unmodifiableMap(map);
    }
}

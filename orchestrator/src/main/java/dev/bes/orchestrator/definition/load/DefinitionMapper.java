package dev.bes.orchestrator.definition.load;

import dev.bes.orchestrator.definition.Attempts;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definition.Fairness;
import dev.bes.orchestrator.definition.Definition.OneCallLimit;
import dev.bes.orchestrator.definition.Delivery;
import dev.bes.orchestrator.definition.Input;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.definition.Triggers;
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
import org.springframework.util.unit.DataSize;
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
                triggers(root.path("triggers"), first),
                new Delivery(root.at("/delivery/folder").asString("${definition}/${run.id}")),
                attempts(root.path("attempts")),
                duration(root.path("deadline"), "24h"),
                root.path("priority").asInt(Definition.DEFAULT_PRIORITY),
                requestResponse(root.path("request-response")),
                text(root.path("partition")),
                RequestSchemaMapper.of(root),
                fairness(root.path("fairness")),
                text(root.path("pool")),
                list(root.path("callbacks"), JsonNode::asString));
    }

    private static Input input(JsonNode input) {
        return new Input(text(input.path("from")), columns(input));
    }

    private static Output output(JsonNode output) {
        String rows = output.path("rows").asString("same");
        return new Output(Output.Rows.valueOf(rows.toUpperCase(Locale.ROOT)), columns(output));
    }

    private static List<String> columns(JsonNode port) {
        return list(port.path("columns"), JsonNode::asString);
    }

    private static Triggers triggers(JsonNode triggers, String firstInput) {
        return new Triggers(
                list(triggers.path("schedules"), ScheduleMapper::schedule),
                list(triggers.path("files"), folder -> dropFolder(folder, firstInput)));
    }

    private static Triggers.DropFolder dropFolder(JsonNode folder, String firstInput) {
        return new Triggers.DropFolder(
                folder.path("folder").asString(),
                folder.path("pattern").asString("*.csv"),
                folder.path("input").asString(firstInput),
                duration(folder.path("settle"), "5s"),
                word(folder.path("changed"), Triggers.Changed.class),
                options(folder));
    }

    private static Triggers.@Nullable FileOptions options(JsonNode folder) {
        JsonNode temporary = folder.path("temporary");
        Triggers.FileOptions options = new Triggers.FileOptions(
                list(folder.path("exclude"), JsonNode::asString),
                folder.path("ignore-case").asBoolean(false),
                temporary.isMissingNode() ? null : list(temporary, JsonNode::asString),
                bytes(folder.path("min-size")),
                bytes(folder.path("max-size")),
                text(folder.path("done-marker")),
                word(folder.path("duplicates"), Triggers.Duplicates.class),
                word(folder.path("after"), Triggers.After.class),
                folder.has("group") ? group(folder.path("group")) : null);
        return options.equals(Triggers.FileOptions.NONE) ? null : options;
    }

    private static Triggers.Group group(JsonNode group) {
        return new Triggers.Group(
                group.has("files") ? group.path("files").asInt() : null,
                group.has("wait") ? duration(group.path("wait"), "") : null,
                group.has("quiet") ? duration(group.path("quiet"), "") : null,
                text(group.path("by")));
    }

    private static @Nullable Long bytes(JsonNode size) {
        return size.isMissingNode() ? null : DataSize.parse(size.asString()).toBytes();
    }

    private static <E extends Enum<E>> @Nullable E word(JsonNode word, Class<E> type) {
        return word.isMissingNode()
                ? null
                : Enum.valueOf(type, word.asString().toUpperCase(Locale.ROOT).replace('-', '_'));
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

    private static @Nullable String text(JsonNode text) {
        return text.isMissingNode() ? null : text.asString();
    }

    private static Duration duration(JsonNode text, String defaultValue) {
        return DurationFormatterUtils.detectAndParse(text.asString(defaultValue));
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
        return array.valueStream().map(element).toList();
    }

    private static <T> Map<String, T> map(JsonNode object, Function<JsonNode, T> value) {
        Map<String, T> map = new LinkedHashMap<>();
        object.forEachEntry((key, node) -> map.put(key, value.apply(node)));
        return Collections.unmodifiableMap(map);
    }
}

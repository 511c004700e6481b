package dev.bes.orchestrator.definition.load;

import dev.bes.orchestrator.definition.FileOptions;
import dev.bes.orchestrator.definition.Attempts;
import dev.bes.orchestrator.definition.Definition;
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
                root.has("partition") ? root.path("partition").asString() : null,
                RequestSchemaMapper.of(root));
    }

    private static Input input(JsonNode input) {
        String from = input.has("from") ? input.path("from").asString() : null;
        return new Input(from, columns(input));
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
                triggers.path("files")
                        .valueStream()
                        .filter(files -> files.has("folder"))
                        .map(folder -> dropFolder(folder, firstInput))
                        .toList(),
                triggers.path("files")
                        .valueStream()
                        .filter(files -> files.has("container"))
                        .map(container -> dropContainer(container, firstInput))
                        .toList());
    }

    private static Triggers.DropContainer dropContainer(JsonNode container, String firstInput) {
        String[] location = container.path("container").asString().split("/", 2);
        String prefix = location.length == 1 ? "" : location[1];
        return new Triggers.DropContainer(
                location[0],
                prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/",
                container.path("pattern").asString("*.csv"),
                container.path("input").asString(firstInput),
                duration(container.path("settle"), "5s"),
                options(container));
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

    private static @Nullable FileOptions options(JsonNode folder) {
        JsonNode temporary = folder.path("temporary");
        FileOptions options = new FileOptions(
                list(folder.path("exclude"), JsonNode::asString),
                folder.path("ignore-case").asBoolean(false),
                temporary.isMissingNode() ? null : list(temporary, JsonNode::asString),
                bytes(folder.path("min-size")),
                bytes(folder.path("max-size")),
                folder.has("done-marker") ? folder.path("done-marker").asString() : null,
                word(folder.path("duplicates"), FileOptions.Duplicates.class),
                word(folder.path("after"), FileOptions.After.class),
                folder.has("group") ? group(folder.path("group")) : null,
                word(folder.path("archive-by"), FileOptions.ArchiveBy.class));
        return options.equals(FileOptions.NONE) ? null : options;
    }

    private static FileOptions.Group group(JsonNode group) {
        return new FileOptions.Group(
                group.has("files") ? group.path("files").asInt() : null,
                group.has("wait") ? duration(group.path("wait"), "") : null,
                group.has("quiet") ? duration(group.path("quiet"), "") : null,
                group.has("by") ? group.path("by").asString() : null);
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

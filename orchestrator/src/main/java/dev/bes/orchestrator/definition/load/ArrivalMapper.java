package dev.bes.orchestrator.definition.load;

import dev.bes.orchestrator.definition.FileOptions;
import dev.bes.orchestrator.definition.Triggers;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/** Maps what starts runs: above all drop folders and containers. */
final class ArrivalMapper {
    private ArrivalMapper() {}

    /** A blob store, and a prefix that is empty or ends in a slash. */
    static String[] location(String container) {
        String[] parts = container.split("/", 2);
        String prefix = parts.length == 1 ? "" : parts[1];
        return new String[] {parts[0], prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/"};
    }

    static Triggers triggers(JsonNode triggers, String firstInput) {
        return new Triggers(
                DefinitionMapper.list(triggers.path("schedules"), ScheduleMapper::schedule),
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
        String[] location = location(container.path("container").asString());
        return new Triggers.DropContainer(
                location[0],
                location[1],
                container.path("pattern").asString("*.csv"),
                container.path("input").asString(firstInput),
                DefinitionMapper.duration(container.path("settle"), "5s"),
                options(container));
    }

    private static Triggers.DropFolder dropFolder(JsonNode folder, String firstInput) {
        return new Triggers.DropFolder(
                folder.path("folder").asString(),
                folder.path("pattern").asString("*.csv"),
                folder.path("input").asString(firstInput),
                DefinitionMapper.duration(folder.path("settle"), "5s"),
                word(folder.path("changed"), Triggers.Changed.class),
                options(folder));
    }

    private static @Nullable FileOptions options(JsonNode folder) {
        JsonNode temporary = folder.path("temporary");
        FileOptions options = new FileOptions(
                DefinitionMapper.list(folder.path("exclude"), JsonNode::asString),
                folder.path("ignore-case").asBoolean(false),
                temporary.isMissingNode() ? null : DefinitionMapper.list(temporary, JsonNode::asString),
                bytes(folder.path("min-size")),
                bytes(folder.path("max-size")),
                DefinitionMapper.text(folder.path("done-marker")),
                word(folder.path("duplicates"), FileOptions.Duplicates.class),
                word(folder.path("after"), FileOptions.After.class),
                folder.has("group") ? group(folder.path("group")) : null,
                word(folder.path("archive-by"), FileOptions.ArchiveBy.class),
                folder.path("recursive").asBoolean(false) ? Boolean.TRUE : null);
        return options.equals(FileOptions.NONE) ? null : options;
    }

    private static FileOptions.Group group(JsonNode group) {
        return new FileOptions.Group(
                group.has("files") ? group.path("files").asInt() : null,
                group.has("wait") ? DefinitionMapper.duration(group.path("wait"), "") : null,
                group.has("quiet") ? DefinitionMapper.duration(group.path("quiet"), "") : null,
                DefinitionMapper.text(group.path("by")),
                word(group.path("incomplete"), FileOptions.Incomplete.class));
    }

    private static @Nullable Long bytes(JsonNode size) {
        return size.isMissingNode() ? null : DataSize.parse(size.asString()).toBytes();
    }

    static <E extends Enum<E>> @Nullable E word(JsonNode word, Class<E> type) {
        return word.isMissingNode()
                ? null
                : Enum.valueOf(type, word.asString().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}

package dev.bes.api.definition;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All definitions.
 *
 * @param definitions by name, unless the caller wants them in another order
 * @param next where to find the following ones, if there are any
 */
public record DefinitionsJson(
        List<DefinitionJson> definitions, @Nullable String next) {

    /**
     * A definition.
     *
     * @param name its name
     * @param description one line for people
     * @param endpoint name of its endpoint
     * @param priority its share of an endpoint on which several definitions wait
     * @param inputs its inputs by name
     * @param outputs names of its outputs
     * @param requestParameters what a request may bring
     * @param schedules calendar times
     * @param dropFolders drop folders
     * @param containers containers of blob stores whose blobs become runs
     */
    public record DefinitionJson(
            String name,
            String description,
            String endpoint,
            int priority,
            Map<String, InputJson> inputs,
            Set<String> outputs,
            List<RequestParameterJson> requestParameters,
            List<ScheduleJson> schedules,
            List<DropFolderJson> dropFolders,
            List<ContainerJson> containers) {}

    /**
     * An input of the web service.
     *
     * @param from file or glob that feeds the input when the trigger brings no file for it
     * @param columns columns that the header must have; empty means any header will do
     */
    public record InputJson(@Nullable String from, List<String> columns) {}

    /**
     * A parameter that a request may bring.
     *
     * @param name its name
     * @param fallback the value without it; null if the request must have it
     * @param schema what its values may be; null if they may be any text
     */
    public record RequestParameterJson(
            String name,
            @Nullable String fallback,
            @Nullable ParameterSchemaJson schema) {}

    /**
     * What the values of a parameter may be. Each value is sent as text.
     *
     * @param type {@code string}, {@code integer}, {@code number} or {@code boolean}
     * @param description one line for people
     * @param values the only values; empty if there are others
     * @param minimum least number
     * @param maximum greatest number
     * @param minLength least number of characters
     * @param maxLength greatest number of characters
     * @param pattern regular expression that a part of the text must match
     */
    public record ParameterSchemaJson(
            String type,
            String description,
            List<String> values,
            @Nullable BigDecimal minimum,
            @Nullable BigDecimal maximum,
            @Nullable Integer minLength,
            @Nullable Integer maxLength,
            @Nullable String pattern) {}

    /**
     * A calendar time.
     *
     * @param name unique within the definition
     * @param cron cron expression; of other schedules the interval or the rule
     * @param zone time zone of the expression
     * @param next when it fires next
     * @param over whether it never fires again
     */
    public record ScheduleJson(String name, String cron, String zone, List<Instant> next, boolean over) {}

    /**
     * A drop folder.
     *
     * @param folder relative to the configured drop root
     * @param pattern glob of the files' names
     * @param input name of the input that a file feeds
     * @param settle how long a file must be unchanged before it is taken
     * @param changed what happens to a file that was changed after it had been scored
     */
    public record DropFolderJson(String folder, String pattern, String input, Duration settle, String changed) {}

    /**
     * A container whose blobs become runs.
     *
     * @param store name of the blob store
     * @param prefix what the paths of the blobs begin with; empty for the whole container
     * @param pattern glob of the blobs' names
     * @param input name of the input that a blob feeds
     * @param settle how long an append or page blob must be unchanged before it is taken
     */
    public record ContainerJson(String store, String prefix, String pattern, String input, Duration settle) {}
}

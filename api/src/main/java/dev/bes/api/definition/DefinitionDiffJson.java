package dev.bes.api.definition;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the text of a definition differs from the loaded definition. Defaults count as values.
 *
 * @param definition name of the definition
 * @param same whether there is no difference
 * @param changes the keys that differ, in order of the alphabet
 * @param fires the fire times that one of them has and the other has not, from now on, in order
 * @param firesUntil up to which time fire times were compared: 30 days, or less if there are very many
 */
public record DefinitionDiffJson(
        String definition, boolean same, List<ChangeJson> changes, List<FireChangeJson> fires, Instant firesUntil) {

    /**
     * A key that differs.
     *
     * @param key its path in the file, such as {@code inputs.input1.columns[0]}
     * @param loaded its value in the loaded definition; null if it is not there
     * @param sent its value in the text; null if it is not there
     */
    public record ChangeJson(
            String key, @Nullable String loaded, @Nullable String sent) {}

    /**
     * A fire time that one of them has and the other has not.
     *
     * @param schedule name of the schedule
     * @param time the fire time
     * @param change {@code added} or {@code removed}
     */
    public record FireChangeJson(String schedule, Instant time, String change) {}
}

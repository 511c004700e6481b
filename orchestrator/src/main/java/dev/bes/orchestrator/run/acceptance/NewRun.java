package dev.bes.orchestrator.run.acceptance;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.RequestSchema;
import dev.bes.orchestrator.definition.template.TemplateValues;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.TriggerKind;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run that a trigger requests.
 *
 * @param definition what to run; frozen into the run
 * @param trigger kind of trigger
 * @param occurrence key of the occurrence: the same key for the same definition is the same run
 * @param fingerprint hash of the request's content, if the key came from outside
 * @param parameters parameters of the request
 * @param fireTime scheduled time, for schedules
 * @param zone zone in which times are written
 * @param scorings the inputs by name, one map per scoring
 * @param by the actor of the request
 * @param rerunOf the run that it repeats; null if it repeats none
 * @param backfill number of the backfill that requests it; null if none does
 * @param contents the files that are kept in rows with the run, by the ids of their {@link InputSource.OwnRow}
 * @param callback address that the request wants to be told of its end; null for none
 */
public record NewRun(
        Definition definition,
        TriggerKind trigger,
        String occurrence,
        @Nullable String fingerprint,
        Map<String, String> parameters,
        @Nullable Instant fireTime,
        ZoneId zone,
        List<Map<String, InputSource>> scorings,
        Actor by,
        @Nullable Long rerunOf,
        @Nullable Long backfill,
        Map<UUID, byte[]> contents,
        @Nullable String callback) {

    /**
     * Fills in the defaults of the definition's schema, and checks the size of the parameters.
     *
     * @throws ParametersTooLargeException if there are more than 64 KiB of them
     */
    public NewRun {
        RequestSchema schema = definition.requestSchema();
        parameters = schema == null ? parameters : schema.withDefaults(parameters);
        ParametersTooLargeException.check(parameters);
    }

    /** The same run with these inputs. */
    public NewRun with(List<Map<String, InputSource>> inputs) {
        return with(inputs, callback);
    }

    /** The same run, whose end that address is told of, too; null for no further one. */
    public NewRun calling(@Nullable String address) {
        return with(scorings, address);
    }

    private NewRun with(List<Map<String, InputSource>> inputs, @Nullable String address) {
        return new NewRun(
                definition,
                trigger,
                occurrence,
                fingerprint,
                parameters,
                fireTime,
                zone,
                inputs,
                by,
                rerunOf,
                backfill,
                contents,
                address);
    }

    /** A run from a request. */
    public static NewRun requested(
            Definition definition,
            String occurrence,
            @Nullable String fingerprint,
            Map<String, String> parameters,
            List<Map<String, InputSource>> scorings,
            Actor by,
            Map<UUID, byte[]> contents) {
        return new NewRun(
                definition,
                TriggerKind.REQUEST,
                occurrence,
                fingerprint,
                parameters,
                null,
                ZoneOffset.UTC,
                scorings,
                by,
                null,
                null,
                contents,
                null);
    }

    /** A run for a time of the schedule of that name. */
    public static NewRun scheduled(
            Definition definition,
            String schedule,
            Instant fireTime,
            ZoneId zone,
            Map<String, String> parameters,
            List<Map<String, InputSource>> scorings) {
        return new NewRun(
                definition,
                TriggerKind.SCHEDULE,
                "schedule:" + schedule + ":" + fireTime,
                null,
                parameters,
                fireTime,
                zone,
                scorings,
                Actor.schedule(schedule),
                null,
                null,
                Map.of(),
                null);
    }

    /** A run for a file in that drop folder. */
    public static NewRun dropped(
            Definition definition, String folder, String occurrence, List<Map<String, InputSource>> scorings) {
        Actor by = Actor.file(folder);
        return new NewRun(
                definition,
                TriggerKind.FILES,
                occurrence,
                null,
                Map.of(),
                null,
                ZoneOffset.UTC,
                scorings,
                by,
                null,
                null,
                Map.of(),
                null);
    }

    /** The addresses that are told of its end, each once; null for none. */
    @Nullable
    List<String> callbacks() {
        List<String> all = Stream.concat(definition.callbacks().stream(), Stream.ofNullable(callback))
                .distinct()
                .toList();
        return all.isEmpty() ? null : all;
    }

    /** The values for templates that are known before the run is accepted: neither its id nor its time is. */
    public TemplateValues values() {
        TemplateValues values =
                TemplateValues.of(definition.name(), "", Instant.EPOCH).withRequest(parameters);
        TemplateValues fired = fireTime == null ? values : values.withFire(fireTime, zone);
        List<InputSource> files =
                scorings.isEmpty() ? List.of() : List.copyOf(scorings.getFirst().values());
        return files.isEmpty() ? fired : fired.withFile(files.getFirst().name());
    }
}

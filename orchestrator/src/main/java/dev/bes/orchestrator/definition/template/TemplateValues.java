package dev.bes.orchestrator.definition.template;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of a run for its templates.
 *
 * @param definition name of the definition
 * @param runId id of the run
 * @param runTime when the run was accepted
 * @param fireTime when the schedule was due; null unless a schedule started the run
 * @param zone time zone of formatted times
 * @param fileName name of the file, without folders; null unless a file started the run
 * @param request parameters of the request
 */
public record TemplateValues(
        String definition,
        String runId,
        Instant runTime,
        @Nullable Instant fireTime,
        ZoneId zone,
        @Nullable String fileName,
        Map<String, String> request) {

    /** Copies the parameters. */
    public TemplateValues {
        request = Map.copyOf(request);
    }

    /** The values that every run has. */
    public static TemplateValues of(String definition, String runId, Instant runTime) {
        return new TemplateValues(definition, runId, runTime, null, ZoneOffset.UTC, null, Map.of());
    }

    /** Adds the fire time of a schedule. All times are then formatted in its zone. */
    public TemplateValues withFire(Instant time, ZoneId ofSchedule) {
        return new TemplateValues(definition, runId, runTime, time, ofSchedule, fileName, request);
    }

    /** Adds the name of the file that started the run. */
    public TemplateValues withFile(String name) {
        return new TemplateValues(definition, runId, runTime, fireTime, zone, name, request);
    }

    /** Replaces the parameters of the request. */
    public TemplateValues withRequest(Map<String, String> parameters) {
        return new TemplateValues(definition, runId, runTime, fireTime, zone, fileName, parameters);
    }
}

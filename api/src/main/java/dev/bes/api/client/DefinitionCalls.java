package dev.bes.api.client;

import dev.bes.api.backfill.BackfillPlanJson;
import dev.bes.api.backfill.BackfillsJson;
import dev.bes.api.backfill.BackfillsJson.BackfillDetailJson;
import dev.bes.api.backfill.BackfillsJson.BackfillJson;
import dev.bes.api.backfill.NewBackfillJson;
import dev.bes.api.backfill.PartitionsJson;
import dev.bes.api.definition.DefinitionDiffJson;
import dev.bes.api.definition.DefinitionsJson;
import dev.bes.api.definition.DefinitionsJson.DefinitionJson;
import dev.bes.api.definition.FiresJson;
import dev.bes.api.definition.SchedulesJson;
import dev.bes.api.definition.SchedulesJson.NewPauseJson;
import dev.bes.api.definition.SchedulesJson.ScheduleStateJson;
import dev.bes.api.definition.ShadowSummaryJson;
import dev.bes.api.definition.SimulationJson;
import dev.bes.api.definition.ValidationJson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The calls on definitions, their schedules and their backfills. */
public interface DefinitionCalls {
    /** The media type of a definition. Source: RFC 9512. */
    String YAML = "application/yaml";

    /** All definitions. */
    @GetExchange("/definitions")
    DefinitionsJson definitions();

    /** One definition. */
    @GetExchange("/definitions/{name}")
    DefinitionJson definition(@PathVariable String name);

    /** Checks the text of a definition; writes nothing. */
    @PostExchange(url = "/definitions/validate", contentType = YAML)
    ValidationJson validate(@RequestBody byte[] yaml);

    /** Compares the text of a definition with the loaded definition of that name. */
    @PostExchange(url = "/definitions/{name}/diff", contentType = YAML)
    DefinitionDiffJson diff(@PathVariable String name, @RequestBody byte[] yaml);

    /**
     * What the last shadows of a definition have found.
     *
     * @param last how many, from 1 to 10,000; 1,000 without it
     */
    @GetExchange("/definitions/{name}/shadow")
    ShadowSummaryJson shadow(@PathVariable String name, @RequestParam(required = false) @Nullable Integer last);

    /** All schedules, with their next fire times. */
    @GetExchange("/schedules")
    SchedulesJson schedules();

    /** One schedule. */
    @GetExchange("/schedules/{definition}/{name}")
    ScheduleStateJson schedule(@PathVariable String definition, @PathVariable String name);

    /** Pauses a schedule; returns its new state. */
    @PostExchange(url = "/schedules/{definition}/{name}/pause", contentType = MediaType.APPLICATION_JSON_VALUE)
    ScheduleStateJson pause(
            @PathVariable String definition, @PathVariable String name, @RequestBody NewPauseJson pause);

    /** Resumes a schedule; returns its new state. */
    @PostExchange("/schedules/{definition}/{name}/resume")
    ScheduleStateJson resume(@PathVariable String definition, @PathVariable String name);

    /** Pauses all schedules on whose definitions the caller is an operator; returns them. */
    @PostExchange(url = "/schedules/pause", contentType = MediaType.APPLICATION_JSON_VALUE)
    SchedulesJson pauseAll(@RequestBody NewPauseJson pause);

    /** Resumes all schedules on whose definitions the caller is an operator; returns them. */
    @PostExchange("/schedules/resume")
    SchedulesJson resumeAll();

    /** The newest backfills that the caller may see. */
    @GetExchange("/backfills")
    BackfillsJson backfills(@RequestParam(required = false) @Nullable String definition);

    /** One backfill with its times. */
    @GetExchange("/backfills/{id}")
    BackfillDetailJson backfill(@PathVariable long id);

    /** What a backfill would do; writes nothing. */
    @PostExchange(url = "/backfills/plan", contentType = MediaType.APPLICATION_JSON_VALUE)
    BackfillPlanJson planBackfill(@RequestBody NewBackfillJson backfill);

    /** Starts a backfill. */
    @PostExchange(url = "/backfills", contentType = MediaType.APPLICATION_JSON_VALUE)
    BackfillJson startBackfill(@RequestBody NewBackfillJson backfill);

    /** Pauses a backfill: it starts no run until it is resumed. */
    @PostExchange("/backfills/{id}/pause")
    BackfillJson pauseBackfill(@PathVariable long id);

    /** Resumes a backfill. */
    @PostExchange("/backfills/{id}/resume")
    BackfillJson resumeBackfill(@PathVariable long id);

    /** Cancels a backfill: it starts no more runs. */
    @PostExchange("/backfills/{id}/cancel")
    BackfillJson cancelBackfill(@PathVariable long id);

    /**
     * Which parts of the data of a definition have been scored.
     *
     * @param from a day or a time in UTC; null for 31 days before {@code to}
     * @param to a day, included, or a time in UTC; null for now
     */
    @GetExchange("/definitions/{name}/partitions")
    PartitionsJson partitions(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to);

    /**
     * A page of what became of the fire times of schedules, the latest first.
     *
     * @param definition only those of this definition
     * @param schedule only those of schedules of this name
     * @param outcome only those of which this became
     * @param from a day or a time in UTC
     * @param to a day, included, or a time in UTC
     * @param cursor where to go on, as the address of the next page has it
     * @param limit how many at most, from 1 to 200
     */
    @GetExchange("/fires")
    FiresJson fires(
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable String schedule,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);

    /**
     * Simulates schedules; starts nothing.
     *
     * @param definition only those of this definition
     * @param from a day or a time in UTC; now without it
     * @param to a day, included, or a time in UTC; seven days later without it, at most 366
     * @param runTime how long each run lasts, such as {@code 30m}; without it what the last runs of its definition took
     * @param limit how many fire times at most, from 1 to 10,000
     */
    @GetExchange("/schedules/simulation")
    SimulationJson simulate(
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String runTime,
            @RequestParam(required = false) @Nullable Integer limit);
}

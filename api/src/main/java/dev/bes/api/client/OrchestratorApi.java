package dev.bes.api.client;

import dev.bes.api.account.KeysJson;
import dev.bes.api.account.KeysJson.CreatedKeyJson;
import dev.bes.api.account.KeysJson.KeyJson;
import dev.bes.api.account.KeysJson.NewKeyJson;
import dev.bes.api.account.MeJson;
import dev.bes.api.account.UsersJson;
import dev.bes.api.account.UsersJson.GrantsJson;
import dev.bes.api.account.UsersJson.NewUserJson;
import dev.bes.api.account.UsersJson.OneTimePasswordJson;
import dev.bes.api.account.UsersJson.UserJson;
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
import dev.bes.api.definition.SimulationJson;
import dev.bes.api.definition.ValidationJson;
import dev.bes.api.installation.AttentionJson;
import dev.bes.api.installation.AuditJson;
import dev.bes.api.installation.EndpointsJson;
import dev.bes.api.installation.ExplanationJson;
import dev.bes.api.installation.FilesJson;
import dev.bes.api.installation.FilesJson.FileJson;
import dev.bes.api.installation.NodesJson;
import dev.bes.api.installation.PoolsJson;
import dev.bes.api.installation.PoolsJson.NewPoolJson;
import dev.bes.api.installation.PoolsJson.PoolJson;
import dev.bes.api.run.AcceptedRunJson;
import dev.bes.api.run.CallbacksJson;
import dev.bes.api.run.CallbacksJson.CallbackJson;
import dev.bes.api.run.NewRerunJson;
import dev.bes.api.run.NewRunJson;
import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.RunJson;
import dev.bes.api.run.RunPageJson;
import dev.bes.api.run.ScoringJson;
import dev.bes.api.run.ScoringPageJson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** The calls of the REST API that answer with JSON. Every call throws {@link ApiException} and nothing else. */
@HttpExchange(url = "/api/v1", accept = MediaType.APPLICATION_JSON_VALUE)
public interface OrchestratorApi {

    /** The header that makes a repeated request the same request. */
    String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** The media type of a definition. Source: RFC 9512. */
    String YAML = "application/yaml";

    /** Requests a run of the files that its definition names. */
    @PostExchange(url = "/runs", contentType = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<AcceptedRunJson> request(
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key, @RequestBody NewRunJson run);

    /**
     * Requests a run of files that are sent along.
     *
     * @param form {@code definition}, {@code parameters.NAME} for each parameter, and a file for each input
     */
    @PostExchange(url = "/runs", contentType = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<AcceptedRunJson> request(
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @RequestBody MultiValueMap<String, Object> form);

    /**
     * A page of the list of runs, newest first.
     *
     * @param state only those in this state, as {@link dev.bes.api.run.StateJson#word()} says it
     * @param definition only those of this definition
     * @param before only those with a smaller id
     * @param limit how many at most, from 1 to 200
     */
    @GetExchange("/runs")
    RunPageJson runs(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(required = false) @Nullable Integer limit);

    /** A run with everything that is in it. */
    @GetExchange("/runs/{id}")
    RunDetailJson run(@PathVariable long id);

    /**
     * Scorings of a run, by position.
     *
     * @param after only those after this position
     */
    @GetExchange("/runs/{id}/scorings")
    ScoringPageJson scorings(@PathVariable long id, @RequestParam int after);

    /** Cancels a run; returns its new state. */
    @PostExchange("/runs/{id}/cancel")
    RunJson cancel(@PathVariable long id);

    /** Requests a new run that repeats an ended one. */
    @PostExchange(url = "/runs/{id}/rerun", contentType = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<AcceptedRunJson> rerun(
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @PathVariable long id,
            @RequestBody NewRerunJson rerun);

    /** Resumes a scoring that needs attention; returns its new state. */
    @PostExchange("/runs/{id}/scorings/{position}/resume")
    ScoringJson resume(@PathVariable long id, @PathVariable int position);

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

    /** The configured endpoints. */
    @GetExchange("/endpoints")
    EndpointsJson endpoints();

    /** The pools, with their use. */
    @GetExchange("/pools")
    PoolsJson pools();

    /** A pool. */
    @GetExchange("/pools/{name}")
    PoolJson pool(@PathVariable String name);

    /** Adds a pool, or changes its limits. */
    @PutExchange(url = "/pools/{name}", contentType = MediaType.APPLICATION_JSON_VALUE)
    PoolJson putPool(@PathVariable String name, @RequestBody NewPoolJson limits);

    /** Removes a pool that no unfinished scoring needs; returns what it was. */
    @PostExchange("/pools/{name}/remove")
    PoolJson removePool(@PathVariable String name);

    /** The nodes over this database. */
    @GetExchange("/nodes")
    NodesJson nodes();

    /**
     * A page of the ledger of arriving files, the last seen first.
     *
     * @param definition only those of this definition
     * @param state only those in this state
     * @param name only those of this name; with a {@code *} at its end, those whose names begin so
     * @param from a day or a time in UTC: when they were first seen
     * @param to a day, included, or a time in UTC
     * @param cursor where to go on, from {@code next} of the page before
     * @param limit how many at most, from 1 to 200
     */
    @GetExchange("/files")
    FilesJson files(
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);

    /** Puts a file in quarantine back into its drop folder; returns its row. */
    @PostExchange("/files/{id}/retry")
    FileJson retryFile(@PathVariable long id);

    /**
     * Why something did, or did not, run. Asks about one thing: a run, a request, a file, a definition or a time.
     *
     * @param definition name of a definition, or of that of the file
     * @param schedule one of its schedules
     * @param at a day or a time: by the clock of the schedule, or with an offset
     * @param file name of a file in a drop folder, or the end of its path
     * @param run number of a run
     * @param request an idempotency key, or the id of a request by SQL
     */
    @GetExchange("/explain")
    ExplanationJson explain(
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable String schedule,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable String file,
            @RequestParam(required = false) @Nullable Long run,
            @RequestParam(required = false) @Nullable String request);

    /**
     * A page of callbacks, the newest first.
     *
     * @param definition only those of this definition
     * @param state only those in this state: {@code waiting}, {@code delivered} or {@code given-up}
     * @param run only those of this run
     * @param cursor where to go on, as the address of the next page has it
     * @param limit how many at most, from 1 to 200
     */
    @GetExchange("/callbacks")
    CallbacksJson callbacks(
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Long run,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);

    /** Has a callback made once more; returns its row. */
    @PostExchange("/callbacks/{id}/retry")
    CallbackJson retryCallback(@PathVariable long id);

    /** What needs attention now. */
    @GetExchange("/attention")
    AttentionJson attention();

    /** Who the caller is, and what he may do. */
    @GetExchange("/me")
    MeJson me();

    /** All users. */
    @GetExchange("/users")
    UsersJson users();

    /** Adds a user with a one-time password. */
    @PostExchange(url = "/users", contentType = MediaType.APPLICATION_JSON_VALUE)
    OneTimePasswordJson addUser(@RequestBody NewUserJson user);

    /** A user. */
    @GetExchange("/users/{name}")
    UserJson user(@PathVariable String name);

    /** Replaces the grants of a user. */
    @PutExchange(url = "/users/{name}/grants", contentType = MediaType.APPLICATION_JSON_VALUE)
    UserJson changeGrants(@PathVariable String name, @RequestBody GrantsJson grants);

    /** Gives a user a one-time password, and ends his sessions. */
    @PostExchange("/users/{name}/reset-password")
    OneTimePasswordJson resetPassword(@PathVariable String name);

    /** Disables a user and his keys, and ends his sessions. */
    @PostExchange("/users/{name}/disable")
    UserJson disableUser(@PathVariable String name);

    /** Enables a user again. */
    @PostExchange("/users/{name}/enable")
    UserJson enableUser(@PathVariable String name);

    /** Ends all sessions of a user. */
    @PostExchange("/users/{name}/sign-out")
    UserJson signOutUser(@PathVariable String name);

    /** The caller's keys; those of all users if he is an administrator. */
    @GetExchange("/keys")
    KeysJson keys();

    /** Makes a key for the caller. */
    @PostExchange(url = "/keys", contentType = MediaType.APPLICATION_JSON_VALUE)
    CreatedKeyJson createKey(@RequestBody NewKeyJson key);

    /** Revokes a key. */
    @PostExchange("/keys/{id}/revoke")
    KeyJson revokeKey(@PathVariable String id);

    /**
     * A page of the audit, newest first.
     *
     * @param actor only by this actor, as {@code kind:name}
     * @param action only this action
     * @param object only about this object: kind and name
     * @param definition only of this definition
     * @param outcome {@code refused} leaves out what was allowed
     * @param from a day or a time in UTC
     * @param to a day, included, or a time in UTC
     * @param before only entries with a smaller number
     * @param limit how many at most, from 1 to 200
     */
    @GetExchange("/audit")
    AuditJson audit(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String object,
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(required = false) @Nullable Integer limit);
}

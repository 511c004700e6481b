package dev.bes.api.client;

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
import dev.bes.api.run.ShadowsJson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The calls on runs. */
public interface RunCalls {
    /** The header that makes a repeated request the same request. */
    String IDEMPOTENCY_KEY = "Idempotency-Key";

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
     * A page of the scorings of a run, by position.
     *
     * @param after only those after this position; null for the first ones
     */
    @GetExchange("/runs/{id}/scorings")
    ScoringPageJson scorings(@PathVariable long id, @RequestParam(required = false) @Nullable Integer after);

    /**
     * A page of the shadows of a run, by position; of a run that is a shadow, itself.
     *
     * @param cursor where to go on, as the address of the next page has it
     */
    @GetExchange("/runs/{id}/shadows")
    ShadowsJson shadows(@PathVariable long id, @RequestParam(required = false) @Nullable String cursor);

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
}

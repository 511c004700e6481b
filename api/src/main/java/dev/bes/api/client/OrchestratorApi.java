package dev.bes.api.client;

import dev.bes.api.AcceptedRunJson;
import dev.bes.api.AttentionJson;
import dev.bes.api.DefinitionsJson;
import dev.bes.api.NewRunJson;
import dev.bes.api.RunDetailJson;
import dev.bes.api.RunJson;
import dev.bes.api.RunPageJson;
import dev.bes.api.ScoringJson;
import dev.bes.api.ScoringPageJson;
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

/** The calls of the REST API that answer with JSON. Every call throws {@link ApiException} and nothing else. */
@HttpExchange(url = "/api/v1", accept = MediaType.APPLICATION_JSON_VALUE)
public interface OrchestratorApi {

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
     * @param state only those in this state, as {@link dev.bes.api.StateJson#word()} says it
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

    /** Resumes a scoring that needs attention; returns its new state. */
    @PostExchange("/runs/{id}/scorings/{position}/resume")
    ScoringJson resume(@PathVariable long id, @PathVariable int position);

    /** All definitions. */
    @GetExchange("/definitions")
    DefinitionsJson definitions();

    /** What needs attention now. */
    @GetExchange("/attention")
    AttentionJson attention();
}

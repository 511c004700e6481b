package dev.bes.orchestrator.web;

import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Cancellation;
import dev.bes.orchestrator.run.Forecast;
import dev.bes.orchestrator.run.RunReader;
import dev.bes.orchestrator.run.RunView;
import dev.bes.orchestrator.run.Runs.Accepted;
import dev.bes.orchestrator.run.ScoringView;
import dev.bes.orchestrator.trigger.ChangedFiles;
import dev.bes.orchestrator.trigger.Requests;
import dev.bes.orchestrator.trigger.Requests.Request;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Runs, for programs: ask for one, look at them, cancel one. */
@RestController
@RequestMapping("/api/runs")
final class RunsApi {
    private final Requests requests;
    private final RunRequests bodies;
    private final RunReader reader;
    private final Cancellation cancellation;
    private final NoFields noFields;
    private final ChangedFiles changedFiles;

    RunsApi(
            Requests requests,
            RunRequests bodies,
            RunReader reader,
            Cancellation cancellation,
            NoFields noFields,
            ChangedFiles changedFiles) {
        this.requests = requests;
        this.bodies = bodies;
        this.reader = reader;
        this.cancellation = cancellation;
        this.noFields = noFields;
        this.changedFiles = changedFiles;
    }

    /**
     * What a request became: the same run for every repetition of it.
     *
     * @param id the run
     * @param definition name of its definition
     * @param forecast what it has ahead of it when the limits of the managed API hold it up
     * @param links where to go from here
     */
    record AcceptedJson(
            long id, String definition, @Nullable Forecast forecast, Map<String, String> links) {}

    /**
     * A page of runs.
     *
     * @param runs the runs, newest first
     * @param next where to find older ones, if there are any
     */
    record PageJson(List<RunJson> runs, @Nullable String next) {}

    /**
     * A page of scorings.
     *
     * @param scorings the scorings, by position
     * @param links {@code moreScorings}, if there are more
     */
    record ScoringsJson(List<ScoringJson> scorings, Map<String, String> links) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<AcceptedJson> accept(@RequestBody NewRunJson body, HttpServletRequest request) {
        return accept(bodies.read(body, IdempotencyKey.of(request)));
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<AcceptedJson> accept(MultipartHttpServletRequest form) {
        return accept(bodies.read(form, IdempotencyKey.of(form)));
    }

    private ResponseEntity<AcceptedJson> accept(Request request) {
        Accepted accepted = requests.accept(request);
        String self = RunJson.at(accepted.id());
        ResponseEntity.BodyBuilder answer = ResponseEntity.created(URI.create(self));
        if (!accepted.isNew()) {
            answer.header("Idempotency-Replayed", "true");
        }
        return answer.body(new AcceptedJson(
                accepted.id(),
                request.definition(),
                accepted.forecast(),
                Map.of("self", self, "cancel", self + "/cancel")));
    }

    @GetMapping
    PageJson list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "50") int limit) {
        RunQuery.Page page = RunQuery.of(state, definition, before, limit).read(reader);
        RunQuery next = page.next();
        return new PageJson(
                page.runs().stream().map(RunJson::of).toList(),
                next == null ? null : next.at("/api/runs") + "&limit=" + limit);
    }

    @GetMapping("/{id:\\d{1,18}}")
    RunDetailJson find(@PathVariable long id) {
        return RunDetailJson.read(known(id), reader, changedFiles);
    }

    @GetMapping("/{id:\\d{1,18}}/scorings")
    ScoringsJson scorings(@PathVariable long id, @RequestParam(defaultValue = "0") int after) {
        RunView run = known(id);
        List<ScoringView> scorings = reader.scorings(id, after, RunDetailJson.SCORINGS);
        return new ScoringsJson(
                scorings.stream().map(s -> ScoringJson.of(id, s)).toList(), RunDetailJson.more(run, scorings));
    }

    @PostMapping(
            path = "/{id:\\d{1,18}}/cancel",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    RunJson cancel(@PathVariable long id, @RequestBody(required = false) @Nullable InputStreamResource body) {
        noFields.require(body);
        if (!cancellation.cancel(id, Actor.user(Actor.ANONYMOUS))) {
            throw new Refusal(
                    ProblemKind.ALREADY_ENDED,
                    "Run %d is %s already".formatted(id, known(id).state().word()));
        }
        return RunJson.of(known(id));
    }

    private RunView known(long id) {
        return reader.find(id).orElseThrow(() -> Refusal.unknownRun(id));
    }
}

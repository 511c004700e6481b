package dev.bes.orchestrator.web.api;

import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.RunJson;
import dev.bes.api.run.RunPageJson;
import dev.bes.api.run.ScoringJson;
import dev.bes.api.run.ScoringPageJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.run.query.RunOrder;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.ScoringReader.Filter;
import dev.bes.orchestrator.run.query.ScoringReader.Order;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.trigger.arrival.ledger.ChangedFiles;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.request.EntityTag;
import dev.bes.orchestrator.web.request.RunQuery;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads runs and their scorings, for programs. */
@RestController
@RequestMapping("/api/v1/runs")
final class RunReadingApi {
    private final Authorization authorization;
    private final RunReader reader;
    private final ChangedFiles changedFiles;

    RunReadingApi(Authorization authorization, RunReader reader, ChangedFiles changedFiles) {
        this.authorization = authorization;
        this.reader = reader;
        this.changedFiles = changedFiles;
    }

    @GetMapping
    @Requires(Role.VIEWER)
    @Listed(
            of = RunJson.class,
            items = "runs",
            sort = {"-id", "accepted"},
            usual = 50,
            most = 200)
    RunPageJson list(@ModelAttribute RunQuery query, ListQuery list, Access access) {
        ListQuery.Cursor after = list.after();
        boolean byTime = list.key().equals("accepted");
        RunOrder order = new RunOrder(
                byTime,
                list.descending(),
                byTime && after != null ? after.time() : null,
                after == null ? null : after.number());
        ListQuery.Page<RunView> page = list.page(
                reader.list(query.filter(access.scope(Role.VIEWER)), order, list.limit() + 1),
                run -> new ListQuery.Cursor(run.createdAt().toString(), Long.toString(run.id())));
        return new RunPageJson(page.items().stream().map(RunMapper::json).toList(), page.next());
    }

    @GetMapping("/{id:\\d{1,18}}")
    @Requires(Role.VIEWER)
    @Listed(of = RunDetailJson.class)
    ResponseEntity<RunDetailJson> find(@PathVariable long id, Access access) {
        RunDetailJson run = RunMapper.read(authorization.run(id, access, Role.VIEWER), reader, changedFiles);
        return ResponseEntity.ok().eTag(EntityTag.of(run).value()).body(run);
    }

    @GetMapping("/{id:\\d{1,18}}/scorings")
    @Requires(Role.VIEWER)
    @Listed(
            of = ScoringJson.class,
            items = "scorings",
            sort = {"position"},
            usual = RunMapper.SCORINGS,
            most = RunMapper.SCORINGS)
    ScoringPageJson scorings(@PathVariable long id, @ModelAttribute ScoringQuery query, ListQuery list, Access access) {
        RunView run = authorization.run(id, access, Role.VIEWER);
        Filter filter = query.filter();
        ListQuery.Page<ScoringView> page = list.read(
                (descending, after, limit) -> reader.scorings(run.id(), filter, new Order(descending, after), limit),
                ScoringView::position);
        return new ScoringPageJson(
                page.items().stream()
                        .map(scoring -> ScoringMapper.json(id, scoring))
                        .toList(),
                page.next(),
                page.next() == null ? Map.of() : RunMapper.more(run, page.items()));
    }
}

package dev.bes.orchestrator.web.api.schedule;

import dev.bes.api.definition.FiresJson;
import dev.bes.api.definition.FiresJson.FireJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.trigger.schedule.fire.FireReader;
import dev.bes.orchestrator.trigger.schedule.fire.RecordedFire;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.problem.Address;
import dev.bes.orchestrator.web.request.FireQuery;
import dev.bes.orchestrator.web.security.Requires;
import java.time.Duration;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RestController;

/** What became of the fire times of schedules, for programs. */
@RestController
final class FiresApi {
    private final FireReader reader;

    FiresApi(FireReader reader) {
        this.reader = reader;
    }

    @GetMapping("/api/v1/fires")
    @Requires(Role.VIEWER)
    @Listed(
            of = FireJson.class,
            items = "fires",
            sort = {"-time"},
            usual = 50,
            most = 200)
    FiresJson list(@ModelAttribute FireQuery query, ListQuery list, Access access) {
        ListQuery.Page<RecordedFire> page = FireQuery.page(reader, query.filter(access.scope(Role.VIEWER)), list);
        return new FiresJson(page.items().stream().map(FiresApi::json).toList(), page.next());
    }

    private static FireJson json(RecordedFire fire) {
        return new FireJson(
                fire.definition(),
                fire.schedule(),
                fire.decision().time(),
                fire.decision().outcome().word(),
                fire.decision().reason(),
                fire.decidedAt(),
                fire.delay().map(Duration::toMillis).orElse(null),
                fire.run(),
                fire.run() == null ? Map.of() : Map.of("run", Address.of("/api/v1/runs/" + fire.run())));
    }
}

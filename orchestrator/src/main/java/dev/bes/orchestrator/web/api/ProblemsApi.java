package dev.bes.orchestrator.web.api;

import dev.bes.api.AttentionJson;
import dev.bes.api.AttentionJson.NeedsAttentionJson;
import dev.bes.api.AttentionJson.NotTakenJson;
import dev.bes.api.AttentionJson.WaitingJson;
import dev.bes.orchestrator.run.query.ParkedView;
import dev.bes.orchestrator.run.query.WaitingView;
import dev.bes.orchestrator.trigger.arrival.NotTaken.Left;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is wrong now, for programs. */
@RestController
public final class ProblemsApi {
    private final Troubles troubles;

    ProblemsApi(Troubles troubles) {
        this.troubles = troubles;
    }

    @GetMapping("/api/problems")
    AttentionJson problems() {
        return new AttentionJson(
                troubles.parked().stream().map(ProblemsApi::json).toList(),
                troubles.waiting().stream().map(ProblemsApi::json).toList(),
                troubles.failed().stream().map(RunMapper::json).toList(),
                troubles.notTaken().stream().map(ProblemsApi::json).toList(),
                troubles.notTakenCount(),
                troubles.changed().stream().map(RunMapper::json).toList());
    }

    public static NeedsAttentionJson json(ParkedView parked) {
        String run = RunMapper.address(parked.run());
        return new NeedsAttentionJson(
                parked.run(),
                parked.position(),
                parked.endpoint(),
                parked.attention().word(),
                parked.cause(),
                Map.of(
                        "run",
                        run,
                        "resume",
                        ScoringMapper.resume(parked.run(), parked.position()),
                        "cancel",
                        run + "/cancel"));
    }

    public static WaitingJson json(WaitingView waiting) {
        return new WaitingJson(
                waiting.run(),
                waiting.position(),
                waiting.endpoint(),
                waiting.cause(),
                waiting.troubles(),
                waiting.dueAt(),
                Map.of("run", RunMapper.address(waiting.run())));
    }

    public static NotTakenJson json(Left left) {
        return new NotTakenJson(left.folder(), left.name(), left.reason(), left.since());
    }
}

package dev.bes.orchestrator.web.api;

import dev.bes.api.AttentionJson;
import dev.bes.api.AttentionJson.NeedsAttentionJson;
import dev.bes.api.AttentionJson.NotTakenJson;
import dev.bes.api.AttentionJson.WaitingJson;
import dev.bes.orchestrator.run.query.AttentionView;
import dev.bes.orchestrator.run.query.RetryingView;
import dev.bes.orchestrator.trigger.arrival.SkippedFiles.SkippedFile;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is wrong now, for programs. */
@RestController
public final class AttentionApi {
    private final AttentionItems attentionItems;

    AttentionApi(AttentionItems attentionItems) {
        this.attentionItems = attentionItems;
    }

    @GetMapping("/api/problems")
    AttentionJson problems() {
        return new AttentionJson(
                attentionItems.parked().stream().map(AttentionApi::json).toList(),
                attentionItems.waiting().stream().map(AttentionApi::json).toList(),
                attentionItems.failed().stream().map(RunMapper::json).toList(),
                attentionItems.notTaken().stream().map(AttentionApi::json).toList(),
                attentionItems.notTakenCount(),
                attentionItems.changed().stream().map(RunMapper::json).toList());
    }

    public static NeedsAttentionJson json(AttentionView parked) {
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

    public static WaitingJson json(RetryingView waiting) {
        return new WaitingJson(
                waiting.run(),
                waiting.position(),
                waiting.endpoint(),
                waiting.cause(),
                waiting.troubles(),
                waiting.dueAt(),
                Map.of("run", RunMapper.address(waiting.run())));
    }

    public static NotTakenJson json(SkippedFile left) {
        return new NotTakenJson(left.folder(), left.name(), left.reason(), left.since());
    }
}

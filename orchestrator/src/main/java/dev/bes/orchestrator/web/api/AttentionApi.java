package dev.bes.orchestrator.web.api;

import dev.bes.api.installation.AttentionJson;
import dev.bes.api.installation.AttentionJson.FailingContainerJson;
import dev.bes.api.installation.AttentionJson.NeedsAttentionJson;
import dev.bes.api.installation.AttentionJson.NotTakenJson;
import dev.bes.api.installation.AttentionJson.WaitingJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.run.query.AttentionView;
import dev.bes.orchestrator.run.query.RetryingView;
import dev.bes.orchestrator.trigger.arrival.SkippedFiles.SkippedFile;
import dev.bes.orchestrator.trigger.arrival.container.FailingContainers.Failure;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.security.Requires;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves what needs attention now as JSON. */
@RestController
public final class AttentionApi {
    private final AttentionItems attentionItems;

    AttentionApi(AttentionItems attentionItems) {
        this.attentionItems = attentionItems;
    }

    @GetMapping("/api/v1/attention")
    @Requires(Role.VIEWER)
    @Listed(of = AttentionJson.class)
    AttentionJson attention(Access access) {
        return new AttentionJson(
                attentionItems.needsAttention(access).stream()
                        .map(AttentionApi::json)
                        .toList(),
                attentionItems.waiting(access).stream().map(AttentionApi::json).toList(),
                attentionItems.failed(access).stream().map(RunMapper::json).toList(),
                attentionItems.notTaken(access).stream().map(AttentionApi::json).toList(),
                attentionItems.notTakenCount(access),
                attentionItems.changed(access).stream().map(RunMapper::json).toList(),
                attentionItems.failingContainers(access).stream()
                        .map(AttentionApi::json)
                        .toList());
    }

    public static NeedsAttentionJson json(AttentionView scoring) {
        String run = RunMapper.address(scoring.run());
        return new NeedsAttentionJson(
                scoring.run(),
                scoring.position(),
                scoring.endpoint(),
                scoring.attention().word(),
                scoring.cause(),
                Map.of(
                        "run",
                        run,
                        "resume",
                        ScoringMapper.resume(scoring.run(), scoring.position()),
                        "cancel",
                        run + "/cancel"));
    }

    public static WaitingJson json(RetryingView waiting) {
        return new WaitingJson(
                waiting.run(),
                waiting.position(),
                waiting.endpoint(),
                waiting.cause(),
                waiting.failures(),
                waiting.dueAt(),
                Map.of("run", RunMapper.address(waiting.run())));
    }

    public static FailingContainerJson json(Failure failure) {
        return new FailingContainerJson(failure.container(), failure.what(), failure.reason(), failure.since());
    }

    public static NotTakenJson json(SkippedFile left) {
        return new NotTakenJson(left.folder(), left.name(), left.reason(), left.since());
    }
}

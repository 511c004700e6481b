package dev.bes.orchestrator.web.api.backfill;

import dev.bes.api.backfill.BackfillPlanJson;
import dev.bes.api.backfill.BackfillPlanJson.ProblemJson;
import dev.bes.api.backfill.BackfillsJson.BackfillDetailJson;
import dev.bes.api.backfill.BackfillsJson.BackfillJson;
import dev.bes.api.backfill.BackfillsJson.BackfillTimeJson;
import dev.bes.api.backfill.PartitionsJson.PartitionJson;
import dev.bes.orchestrator.trigger.backfill.Backfill;
import dev.bes.orchestrator.trigger.backfill.Backfill.State;
import dev.bes.orchestrator.trigger.backfill.BackfillItem;
import dev.bes.orchestrator.trigger.backfill.BackfillPlan;
import dev.bes.orchestrator.trigger.backfill.Partition;
import dev.bes.orchestrator.web.problem.Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes backfills and partitions as JSON. */
final class BackfillMapper {
    private BackfillMapper() {}

    static PartitionJson partition(Partition partition) {
        return new PartitionJson(
                partition.key(),
                partition.schedule(),
                partition.fireTime(),
                partition.state().word(),
                partition.run(),
                partition.run() == null ? Map.of() : Map.of("run", Address.of("/api/v1/runs/" + partition.run())));
    }

    static BackfillPlanJson plan(BackfillPlan plan) {
        return new BackfillPlanJson(
                plan.starts().size(),
                plan.scorings(),
                plan.calls(),
                plan.time() == null ? null : plan.time().toSeconds(),
                plan.starts().stream().map(BackfillMapper::partition).toList(),
                plan.problems().stream()
                        .map(problem -> new ProblemJson(problem.partition(), problem.reason()))
                        .toList());
    }

    static BackfillJson backfill(Backfill backfill) {
        String self = Address.of("/api/v1/backfills/" + backfill.id());
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", self);
        if (backfill.state() == State.RUNNING) {
            links.put("pause", self + "/pause");
        }
        if (backfill.state() == State.PAUSED) {
            links.put("resume", self + "/resume");
        }
        if (backfill.state() == State.RUNNING || backfill.state() == State.PAUSED) {
            links.put("cancel", self + "/cancel");
        }
        return new BackfillJson(
                backfill.id(),
                backfill.definition(),
                backfill.schedule(),
                backfill.from(),
                backfill.to(),
                backfill.scope().word(),
                backfill.newestFirst() ? "newest" : "oldest",
                backfill.parallel(),
                backfill.state().word(),
                backfill.actor(),
                backfill.createdAt(),
                backfill.endedAt(),
                backfill.items(),
                backfill.started(),
                backfill.found(),
                backfill.rejected(),
                links);
    }

    static BackfillDetailJson detail(Backfill backfill, List<BackfillItem> items) {
        return new BackfillDetailJson(
                backfill(backfill),
                items.stream()
                        .map(item -> new BackfillTimeJson(
                                item.fireTime(),
                                item.partition(),
                                item.parameters(),
                                item.outcome().word(),
                                item.reason(),
                                item.run()))
                        .toList());
    }
}

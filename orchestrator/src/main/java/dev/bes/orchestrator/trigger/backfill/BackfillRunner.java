package dev.bes.orchestrator.trigger.backfill;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.TriggerKind;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.run.acceptance.RunAcceptance.Accepted;
import dev.bes.orchestrator.run.query.PartitionRuns;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.backfill.Backfill.State;
import dev.bes.orchestrator.trigger.backfill.BackfillItem.Outcome;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Starts the runs of backfills, on every node. An item is taken in a transaction of its own before its run is accepted; what a
 * node leaves in between, another one starts with the same occurrence key.
 */
@Component
public class BackfillRunner {
    private static final Logger LOG = LoggerFactory.getLogger(BackfillRunner.class);
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(10);

    private final BackfillRows rows;
    private final BackfillItems items;
    private final PartitionRuns runs;
    private final Definitions definitions;
    private final InputFiles inputFiles;
    private final RunAcceptance acceptance;
    private final AdmissionControl admissionControl;
    private final Transactions transactions;

    BackfillRunner(
            BackfillRows rows,
            BackfillItems items,
            PartitionRuns runs,
            Definitions definitions,
            InputFiles inputFiles,
            RunAcceptance acceptance,
            AdmissionControl admissionControl,
            Transactions transactions) {
        this.rows = rows;
        this.items = items;
        this.runs = runs;
        this.definitions = definitions;
        this.inputFiles = inputFiles;
        this.acceptance = acceptance;
        this.admissionControl = admissionControl;
        this.transactions = transactions;
    }

    /** Starts what may start now, of each backfill as many runs as it may have unfinished. */
    @Scheduled(fixedDelay = 1_000)
    public void start() {
        try {
            for (long id : rows.running()) {
                Backfill backfill = rows.find(id).orElseThrow();
                Definition definition = definitions.find(backfill.definition()).orElse(null);
                Schedule schedule = definition == null
                        ? null
                        : definition.triggers().schedule(backfill.schedule()).orElse(null);
                // another node may know it, while definitions are being replaced
                if (definition != null && schedule != null && !admissionControl.isFull()) {
                    transactions.run(() -> take(backfill)).forEach(item -> start(definition, schedule, backfill, item));
                }
            }
        } catch (DataAccessException | TransactionException e) {
            DatabaseFailure.warn(LOG, "The runs of backfills cannot be started", e);
        }
    }

    private List<BackfillItem> take(Backfill backfill) {
        long id = backfill.id();
        if (!rows.lock(id)) {
            return List.of();
        }
        List<BackfillItem> taken = new ArrayList<>(items.takeLeftBehind(id, LEFT_BEHIND));
        int unfinished = runs.unfinished(id);
        int free = backfill.parallel() - unfinished - items.starting(id);
        if (free > 0) {
            taken.addAll(items.take(id, free));
        }
        if (unfinished == 0 && !items.isOpen(id)) {
            rows.change(id, List.of(State.RUNNING.word()), State.ENDED);
        }
        return taken;
    }

    private void start(Definition definition, Schedule schedule, Backfill backfill, BackfillItem item) {
        NewRun run = new NewRun(
                definition,
                TriggerKind.SCHEDULE,
                item.occurrence(),
                null,
                item.parameters(),
                item.fireTime(),
                schedule.zone(),
                List.of(),
                Actor.of(backfill.actor()),
                null,
                backfill.id(),
                Map.of(),
                null);
        try {
            Accepted accepted = acceptance.accept(run.with(inputFiles.scorings(definition, Map.of(), run.values())));
            boolean ours = accepted.isNew() || Objects.equals(runs.backfillOf(accepted.id()), backfill.id());
            items.settle(item, ours ? Outcome.STARTED : Outcome.FOUND, null, accepted.id());
        } catch (RunRefusedException.NoInput
                | TemplateException
                | ParametersTooLargeException
                | UncheckedIOException e) {
            String reason = String.valueOf(e.getMessage());
            long id = acceptance.reject(run, reason).id();
            items.settle(item, Outcome.REJECTED, reason, id);
        }
    }
}

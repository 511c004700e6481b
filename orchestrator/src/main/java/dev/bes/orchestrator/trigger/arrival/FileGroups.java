package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.files.NotRegularFileException;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.arrival.DroppedFileLedger.Recorded;
import dev.bes.orchestrator.trigger.arrival.FileRuns.Moved;
import dev.bes.orchestrator.trigger.arrival.FileRuns.Opened;
import dev.bes.orchestrator.trigger.arrival.ledger.ContentComparison;
import dev.bes.orchestrator.trigger.arrival.ledger.ContentComparison.Decision;
import dev.bes.orchestrator.trigger.arrival.rule.GroupRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Makes one run of files that were taken together. */
@Component
class FileGroups {
    private final Transactions transactions;
    private final RunAcceptance runAcceptance;
    private final InputFiles inputFiles;
    private final ContentComparison comparison;
    private final DroppedFileLedger ledger;
    private final FileRuns runs;

    FileGroups(
            Transactions transactions,
            RunAcceptance runAcceptance,
            InputFiles inputFiles,
            ContentComparison comparison,
            DroppedFileLedger ledger,
            FileRuns runs) {
        this.transactions = transactions;
        this.runAcceptance = runAcceptance;
        this.inputFiles = inputFiles;
        this.comparison = comparison;
        this.ledger = ledger;
        this.runs = runs;
    }

    /**
     * Makes one run of announced and moved files, with a scoring for each, and records all in one transaction. A file that
     * another node has recorded meanwhile is left out. One that is no plain file any more becomes a failed run of its own.
     */
    void record(Definition definition, DropFolder drop, List<TakenFile> group) throws IOException {
        List<Opened> files = new ArrayList<>();
        for (TakenFile taken : group) {
            Moved file = new Moved(definition, drop, taken);
            try {
                files.add(Opened.of(file));
            } catch (NotRegularFileException e) {
                runs.reject(file, e);
            }
        }
        String incomplete = GroupRules.incomplete(drop.rules().group(), files.size());
        if (incomplete != null) {
            reject(definition, drop, files, incomplete);
            return;
        }
        try {
            transactions.run(() -> accept(definition, drop, runs.unrecorded(files)));
        } catch (RunRefusedException.NoInput | TemplateException | ParametersTooLargeException e) {
            // in a new transaction: the failed one is rolled back
            reject(definition, drop, files, String.valueOf(e.getMessage()));
        }
    }

    private void reject(Definition definition, DropFolder drop, List<Opened> group, String cause) {
        transactions.run(() -> {
            List<Opened> files = runs.unrecorded(group);
            if (!files.isEmpty()) {
                long run = runAcceptance
                        .reject(run(definition, drop, files), cause)
                        .id();
                ledger.record(files.stream().map(one -> one.scoredBy(run)).toList());
            }
            return true;
        });
    }

    private boolean accept(Definition definition, DropFolder drop, List<Opened> group) {
        List<Decision> decisions =
                comparison.decide(group.stream().map(Opened::candidate).toList());
        List<Opened> files = new ArrayList<>();
        List<Recorded> rows = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            Decision decision = decisions.get(i);
            if (decision.isScored()) {
                files.add(group.get(i));
            } else {
                String reason = decision.reason() == null
                        ? "another file of its group has the same content ('duplicates')"
                        : decision.reason();
                rows.add(group.get(i).duplicate(reason));
            }
        }
        if (!files.isEmpty()) {
            files.sort(Comparator.comparing(one -> one.taken().name()));
            NewRun run = run(definition, drop, files);
            long id = runAcceptance.accept(run.with(scorings(run, drop, files))).id();
            files.forEach(one -> rows.add(one.scoredBy(id)));
        }
        ledger.record(rows);
        return true;
    }

    private static NewRun run(Definition definition, DropFolder drop, List<Opened> files) {
        return NewRun.dropped(
                definition, drop.folder(), "file:" + files.getFirst().taken().id(), List.of());
    }

    private List<Map<String, InputSource>> scorings(NewRun run, DropFolder drop, List<Opened> files) {
        return files.stream()
                .map(Opened::taken)
                .flatMap(taken -> inputFiles
                        .scorings(
                                run.definition(),
                                Map.of(drop.input(), new InputFile(taken.path().toString(), taken.fileName())),
                                run.values())
                        .stream())
                .toList();
    }
}

package dev.bes.orchestrator.run.acceptance;

import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.run.acceptance.RunAcceptance.Accepted;
import dev.bes.orchestrator.run.acceptance.ScoringRows.OfRun;
import dev.bes.orchestrator.run.claim.InputContents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Accepts runs in sets, each in one transaction: one statement for the runs, one for their scorings, one for their files. */
record RunSets(Transactions transactions, RunRows runs, ScoringRows scorings, InputContents contents) {

    /** Accepts those that are not there yet, and finds the others; no two have the same key. */
    List<Accepted> accept(List<RunRows.Entry> entries) {
        return transactions.run(() -> {
            Map<RunRows.Key, RunRows.Inserted> inserted = runs.insert(entries);
            List<OfRun> added = new ArrayList<>();
            Map<Long, Map<UUID, byte[]>> files = new HashMap<>();
            List<Accepted> accepted = new ArrayList<>();
            for (RunRows.Entry entry : entries) {
                NewRun run = entry.run();
                RunRows.Inserted row = inserted.get(entry.key());
                if (row == null) {
                    accepted.add(runs.existing(run.definition().name(), run.occurrence()));
                } else {
                    added.add(new OfRun(run, row.id(), row.createdAt()));
                    files.put(row.id(), run.contents());
                    accepted.add(new Accepted(row.id(), true, run.fingerprint(), row.forecast()));
                }
            }
            scorings.insert(added);
            contents.insert(files);
            return accepted;
        });
    }
}

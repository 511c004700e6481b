package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.FileOptions.Duplicates;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.files.FileKind;
import dev.bes.orchestrator.files.NotRegularFileException;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.run.acceptance.RunAcceptance.Accepted;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.arrival.DroppedFileLedger.PutAway;
import dev.bes.orchestrator.trigger.arrival.DroppedFileLedger.Recorded;
import dev.bes.orchestrator.trigger.arrival.ledger.ContentComparison;
import dev.bes.orchestrator.trigger.arrival.ledger.ContentComparison.Candidate;
import dev.bes.orchestrator.trigger.arrival.ledger.ContentComparison.Decision;
import dev.bes.orchestrator.trigger.arrival.ledger.DuplicateFiles.Scored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Makes the runs of taken files: of a set in one transaction, and of each alone if the set can't be recorded. */
@Component
class FileRuns {
    private final DroppedFileLedger ledger;
    private final ContentComparison comparison;
    private final RunAcceptance runAcceptance;
    private final InputFiles inputFiles;
    private final Transactions transactions;

    FileRuns(
            DroppedFileLedger ledger,
            ContentComparison comparison,
            RunAcceptance runAcceptance,
            InputFiles inputFiles,
            Transactions transactions) {
        this.ledger = ledger;
        this.comparison = comparison;
        this.runAcceptance = runAcceptance;
        this.inputFiles = inputFiles;
        this.transactions = transactions;
    }

    /** A file in the processing folder, and what takes it. */
    record Moved(Definition definition, DropFolder drop, TakenFile taken) {
        Path path() {
            return taken.path();
        }

        private NewRun run() {
            return NewRun.dropped(definition, drop.folder(), "file:" + taken.id(), List.of());
        }
    }

    /**
     * A file that was looked into.
     *
     * @param sha256 its hash; empty if duplicates are scored
     */
    record Opened(Moved file, long bytes, String sha256) {
        /**
         * Looks into a file.
         *
         * @throws NotRegularFileException if it is no plain file: it may have been replaced between the last check and the move
         */
        static Opened of(Moved file) throws IOException {
            Path path = file.path();
            FileKind.requireRegular(path);
            if (FileKind.names(path) > 1) {
                throw new NotRegularFileException(path.toString(), "a second name (hard link) of some other file");
            }
            boolean isCompared = file.drop.rules().scoredDuplicates() != Duplicates.ALWAYS;
            return new Opened(file, DroppedFileLedger.size(path), isCompared ? FileArchiver.sha256(path) : "");
        }

        TakenFile taken() {
            return file.taken;
        }

        Candidate candidate() {
            return new Candidate(
                    taken().definition(),
                    taken().folder().toString(),
                    taken().name(),
                    file.drop.rules().scoredDuplicates(),
                    sha256);
        }

        Recorded scoredBy(long run) {
            return new Recorded(taken().id(), "processing", run, bytes, sha256.isEmpty() ? null : sha256, null);
        }

        Recorded duplicate(String reason) {
            return new Recorded(taken().id(), "duplicate", null, bytes, sha256, reason);
        }
    }

    /**
     * Makes runs of announced and moved files, in this order, and records both in one transaction. A file that another node has
     * recorded meanwhile is left to it. One that cannot become a run becomes a failed one.
     *
     * @return the files that are recorded
     */
    List<Moved> record(List<Moved> files, LogOnce logOnce) {
        List<Moved> recorded = new ArrayList<>();
        List<Opened> set = new ArrayList<>();
        for (Moved file : files) {
            logOnce.run(file.path(), () -> {
                try {
                    set.add(Opened.of(file));
                } catch (NotRegularFileException e) {
                    reject(file, e);
                    recorded.add(file);
                }
            });
        }
        logOnce.runSet(set, one -> one.file.path(), this::accept).forEach(one -> recorded.add(one.file));
        return recorded;
    }

    private void accept(List<Opened> set) {
        try {
            transactions.run(() -> recordAll(unrecorded(set)));
        } catch (RunRefusedException.NoInput | TemplateException | ParametersTooLargeException e) {
            if (set.size() > 1) {
                throw e;
            }
            // in a new transaction: the failed one is rolled back
            Opened alone = set.getFirst();
            reject(alone.file, alone.bytes, String.valueOf(e.getMessage()));
        }
    }

    /** Those that no other node has recorded; none can until this transaction ends. */
    List<Opened> unrecorded(List<Opened> files) {
        Set<UUID> ids = ledger.lock(files.stream().map(Opened::taken).toList());
        return files.stream().filter(one -> ids.contains(one.taken().id())).toList();
    }

    private boolean recordAll(List<Opened> files) {
        List<Decision> decisions =
                comparison.decide(files.stream().map(Opened::candidate).toList());
        List<Integer> fresh = IntStream.range(0, files.size())
                .filter(i -> decisions.get(i).isScored())
                .boxed()
                .toList();
        List<Accepted> accepted = fresh.isEmpty()
                ? List.of()
                : runAcceptance.accept(
                        fresh.stream().map(i -> run(files.get(i).file)).toList());
        List<Recorded> rows = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Opened one = files.get(i);
            Decision decision = decisions.get(i);
            Integer scored = decision.sameAs() == null ? i : decision.sameAs();
            if (decision.reason() != null) {
                rows.add(one.duplicate(decision.reason()));
            } else {
                long run = accepted.get(fresh.indexOf(scored)).id();
                rows.add(
                        decision.isScored()
                                ? one.scoredBy(run)
                                : one.duplicate(
                                        new Scored(files.get(scored).taken().name(), run).reason()));
            }
        }
        ledger.record(rows);
        return true;
    }

    private NewRun run(Moved file) {
        NewRun run = file.run();
        InputFile input = new InputFile(file.path().toString(), file.taken.fileName());
        return run.with(inputFiles.scorings(run.definition(), Map.of(file.drop.input(), input), run.values()));
    }

    /** Makes a failed run of what is no plain file. */
    void reject(Moved file, NotRegularFileException e) {
        reject(file, 0, "The dropped file '" + file.taken.name() + "' " + e.getReason());
    }

    private void reject(Moved file, long bytes, String reason) {
        transactions.run(() -> {
            if (!ledger.lock(List.of(file.taken)).isEmpty()) {
                long run = runAcceptance.reject(file.run(), reason).id();
                ledger.record(List.of(new Recorded(file.taken.id(), "processing", run, bytes, null, null)));
            }
            return true;
        });
    }

    /**
     * Makes another run of a file with its present content, unless another node did. The file keeps its path and belongs to the
     * new run.
     *
     * @throws RunRefusedException.NoInput if another input has no file
     */
    void scoreAgain(Moved file) throws IOException {
        TakenFile taken = file.taken;
        Moved next = new Moved(
                file.definition,
                file.drop,
                new TakenFile(
                        UUID.randomUUID(),
                        taken.definition(),
                        taken.folder(),
                        taken.name(),
                        0,
                        taken.path(),
                        null,
                        null,
                        null));
        long bytes = DroppedFileLedger.size(taken.path());
        transactions.run(() -> {
            PutAway old = new PutAway(taken, "scored-again", taken.path(), "its writer went on after it was scored");
            if (ledger.putAway(List.of(old)) == 1) {
                ledger.insert(next.taken, bytes, runAcceptance.accept(run(next)).id());
            }
            return true;
        });
    }
}

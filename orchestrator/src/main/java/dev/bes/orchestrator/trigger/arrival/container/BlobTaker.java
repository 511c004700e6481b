package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.arrival.container.BlobLedger.Locked;
import dev.bes.orchestrator.trigger.arrival.container.BlobLedger.Taken;
import dev.bes.orchestrator.trigger.arrival.container.BlobLedger.Version;
import dev.bes.orchestrator.trigger.arrival.container.BlobTrigger.Ready;
import dev.bes.orchestrator.trigger.arrival.rule.GroupRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes a run of blobs. Row and run are one transaction, so that of several nodes one makes it, or after a crash the next. */
@Component
class BlobTaker {
    private final BlobLedger ledger;
    private final BlobContents contents;
    private final RunAcceptance runAcceptance;
    private final BlobRuns runs;
    private final TransactionTemplate transaction;

    BlobTaker(
            BlobLedger ledger,
            BlobContents contents,
            RunAcceptance runAcceptance,
            BlobRuns runs,
            PlatformTransactionManager transactions) {
        this.ledger = ledger;
        this.contents = contents;
        this.runAcceptance = runAcceptance;
        this.runs = runs;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Makes one run of blobs of a container, with a scoring for each.
     *
     * @param blobs at least one, of one definition
     * @return the names of those that this node has dealt with; the others were dealt with by another one, or have changed
     */
    Set<String> take(List<Ready> blobs) {
        BlobTrigger trigger = blobs.getFirst().trigger();
        Map<String, String> hashes = contents.hashes(trigger, blobs);
        List<Ready> there = hashes.isEmpty()
                ? blobs
                : blobs.stream()
                        .filter(ready -> hashes.containsKey(ready.name()))
                        .toList();
        if (there.isEmpty()) {
            return Set.of();
        }
        String incomplete = GroupRules.incomplete(trigger.rules().group(), there.size());
        if (incomplete != null) {
            return Objects.requireNonNull(transaction.execute(status -> reject(trigger, there, incomplete)));
        }
        try {
            return Objects.requireNonNull(transaction.execute(status -> accept(trigger, there, hashes)));
        } catch (RunRefusedException.NoInput | TemplateException | ParametersTooLargeException e) {
            // in a new transaction: the failed one is rolled back
            return Objects.requireNonNull(
                    transaction.execute(status -> reject(trigger, there, String.valueOf(e.getMessage()))));
        }
    }

    private Set<String> accept(BlobTrigger trigger, List<Ready> blobs, Map<String, String> hashes) {
        Map<String, Locked> rows = lock(trigger, blobs);
        List<Ready> scored = new ArrayList<>();
        Set<String> known = new HashSet<>();
        // by hash, so that nodes that wait for each other's contents do so in one order
        blobs.stream()
                .filter(ready -> rows.containsKey(ready.name()))
                .sorted(Comparator.comparing(ready -> hashes.getOrDefault(ready.name(), "")))
                .forEach(ready -> {
                    String sha256 = hashes.getOrDefault(ready.name(), "");
                    contents.duplicate(ready, sha256, known)
                            .ifPresentOrElse(
                                    reason -> ledger.duplicate(
                                            row(rows, ready).id(),
                                            trigger.definition().name(),
                                            sha256,
                                            reason),
                                    () -> scored.add(ready));
                });
        if (!scored.isEmpty()) {
            scored.sort(Comparator.comparing(Ready::name));
            NewRun run = BlobRuns.of(
                    trigger, scored.getFirst(), row(rows, scored.getFirst()).retry());
            long id = runAcceptance.accept(run.with(runs.scorings(scored, run))).id();
            record(trigger, id, scored, rows, hashes);
        }
        return Set.copyOf(rows.keySet());
    }

    private Set<String> reject(BlobTrigger trigger, List<Ready> blobs, String cause) {
        Map<String, Locked> rows = lock(trigger, blobs);
        List<Ready> locked =
                blobs.stream().filter(ready -> rows.containsKey(ready.name())).toList();
        if (!locked.isEmpty()) {
            long id = runAcceptance
                    .reject(
                            BlobRuns.of(
                                    trigger,
                                    locked.getFirst(),
                                    row(rows, locked.getFirst()).retry()),
                            cause)
                    .id();
            record(trigger, id, locked, rows, Map.of());
        }
        return Set.copyOf(rows.keySet());
    }

    private Map<String, Locked> lock(BlobTrigger trigger, List<Ready> blobs) {
        return ledger.lock(
                trigger.container().location(),
                blobs.stream()
                        .map(ready -> new Version(ready.name(), ready.blob().etag()))
                        .toList());
    }

    private static Locked row(Map<String, Locked> rows, Ready ready) {
        return Objects.requireNonNull(rows.get(ready.name()));
    }

    private void record(
            BlobTrigger trigger, long run, List<Ready> blobs, Map<String, Locked> rows, Map<String, String> hashes) {
        ledger.take(
                trigger.definition().name(),
                run,
                blobs.stream()
                        .map(ready -> new Taken(row(rows, ready).id(), hashes.get(ready.name())))
                        .toList());
    }
}

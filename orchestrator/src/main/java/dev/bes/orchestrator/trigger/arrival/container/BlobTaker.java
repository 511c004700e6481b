package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.FileOptions.Duplicates;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.BlobReader;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.text.Sha256;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.arrival.container.BlobLedger.Locked;
import dev.bes.orchestrator.trigger.arrival.container.BlobLedger.Taken;
import dev.bes.orchestrator.trigger.arrival.container.BlobLedger.Version;
import dev.bes.orchestrator.trigger.arrival.container.BlobTrigger.Ready;
import dev.bes.orchestrator.trigger.arrival.ledger.DuplicateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes a run of blobs. Row and run are one transaction, so that of several nodes one makes it, or after a crash the next. */
@Component
class BlobTaker {
    private static final Logger LOG = LoggerFactory.getLogger(BlobTaker.class);

    private final BlobLedger ledger;
    private final DuplicateFiles duplicateFiles;
    private final RunAcceptance runAcceptance;
    private final InputFiles inputFiles;
    private final BlobReader reader;
    private final TransactionTemplate transaction;

    BlobTaker(
            BlobLedger ledger,
            DuplicateFiles duplicateFiles,
            RunAcceptance runAcceptance,
            InputFiles inputFiles,
            BlobReader reader,
            PlatformTransactionManager transactions) {
        this.ledger = ledger;
        this.duplicateFiles = duplicateFiles;
        this.runAcceptance = runAcceptance;
        this.inputFiles = inputFiles;
        this.reader = reader;
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
        Map<String, String> hashes = hashes(trigger, blobs);
        List<Ready> there = hashes.isEmpty()
                ? blobs
                : blobs.stream()
                        .filter(ready -> hashes.containsKey(ready.name()))
                        .toList();
        if (there.isEmpty()) {
            return Set.of();
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
                    duplicate(ready, sha256, known)
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
            NewRun run = run(trigger, scored, rows);
            long id = runAcceptance
                    .accept(run.with(scorings(trigger.definition(), scored, run)))
                    .id();
            record(trigger, id, scored, rows, hashes);
        }
        return Set.copyOf(rows.keySet());
    }

    private Set<String> reject(BlobTrigger trigger, List<Ready> blobs, String cause) {
        Map<String, Locked> rows = lock(trigger, blobs);
        List<Ready> locked =
                blobs.stream().filter(ready -> rows.containsKey(ready.name())).toList();
        if (!locked.isEmpty()) {
            long id = runAcceptance.reject(run(trigger, locked, rows), cause).id();
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

    /** The occurrence is the version of the first blob. One that somebody put back is another occurrence. */
    private static NewRun run(BlobTrigger trigger, List<Ready> blobs, Map<String, Locked> rows) {
        Ready first = blobs.getFirst();
        String version = String.join(
                "\n", trigger.container().store(), first.blob().path(), first.blob().etag());
        long retry = row(rows, first).retry();
        return NewRun.dropped(
                trigger.definition(),
                trigger.container().location(),
                "blob:" + Sha256.of(version) + (retry == 0 ? "" : ":" + retry),
                List.of());
    }

    private List<Map<String, InputSource>> scorings(Definition definition, List<Ready> blobs, NewRun run) {
        return blobs.stream()
                .flatMap(ready -> inputFiles
                        .scorings(definition, Map.of(ready.trigger().container().input(), ready.input()), run.values())
                        .stream())
                .toList();
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

    /** Why a blob is not scored; empty if it is. */
    private Optional<String> duplicate(Ready ready, String sha256, Set<String> known) {
        if (sha256.isEmpty()) {
            return Optional.empty();
        }
        boolean anyName = ready.trigger().container().rules().duplicates() == Duplicates.ONCE;
        if (anyName && !known.add(sha256)) {
            return Optional.of("another blob of its group has the same content ('duplicates')");
        }
        return duplicateFiles.earlier(
                ready.trigger().definition().name(),
                ready.trigger().container().location(),
                anyName ? null : ready.name(),
                sha256);
    }

    /** The hashes of the contents by name, if duplicates are looked for. A version that is no longer there has none. */
    private Map<String, String> hashes(BlobTrigger trigger, List<Ready> blobs) {
        Duplicates duplicates = trigger.container().rules().duplicates();
        if (duplicates == null || duplicates == Duplicates.ALWAYS) {
            return Map.of();
        }
        Map<String, String> hashes = new LinkedHashMap<>();
        for (Ready ready : blobs) {
            try {
                hashes.put(ready.name(), sha256(ready));
            } catch (RemoteException.Changed | RemoteException.NotFound e) {
                LOG.debug("{}: {}", ready.name(), e.getMessage());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return hashes;
    }

    private String sha256(Ready ready) throws IOException {
        Sha256 hash = new Sha256();
        try (BlobReader.Content content = reader.open(
                ready.trigger().container().store(),
                ready.blob().path(),
                ready.blob().etag())) {
            InputStream in = content.stream();
            byte[] block = new byte[1024 * 1024];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                hash.add(block, 0, read);
            }
        }
        return hash.hex();
    }
}

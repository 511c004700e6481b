package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.FileOptions.Duplicates;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.files.FileKind;
import dev.bes.orchestrator.files.NotRegularFileException;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.arrival.ledger.DuplicateFiles;
import dev.bes.orchestrator.trigger.arrival.rule.GroupRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes one run of files that were taken together. */
@Component
class FileGroups {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final RunAcceptance runAcceptance;
    private final InputFiles inputFiles;
    private final DuplicateFiles duplicateFiles;
    private final DroppedFileLedger ledger;

    FileGroups(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            RunAcceptance runAcceptance,
            InputFiles inputFiles,
            DuplicateFiles duplicateFiles,
            DroppedFileLedger ledger) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.runAcceptance = runAcceptance;
        this.inputFiles = inputFiles;
        this.duplicateFiles = duplicateFiles;
        this.ledger = ledger;
    }

    /** A file of a group: its size, and its hash if duplicates are looked for. */
    private record Content(long bytes, String sha256) {}

    /**
     * Makes one run of announced and moved files, with a scoring for each, and records all in one transaction. A file that
     * another node has recorded meanwhile is left out. One that is no plain file any more becomes a failed run of its own.
     */
    void record(Definition definition, DropFolder drop, List<TakenFile> group) throws IOException {
        boolean findsDuplicates = drop.rules().scoredDuplicates() != Duplicates.ALWAYS;
        Map<TakenFile, Content> contents = new LinkedHashMap<>();
        for (TakenFile taken : group) {
            try {
                FileKind.requireRegular(taken.path());
                contents.put(
                        taken,
                        new Content(
                                DroppedFileLedger.size(taken.path()),
                                findsDuplicates ? FileArchiver.sha256(taken.path()) : ""));
            } catch (NotRegularFileException e) {
                ledger.record(definition, drop, taken);
            }
        }
        String incomplete = GroupRules.incomplete(drop.rules().group(), contents.size());
        if (incomplete != null) {
            reject(definition, drop, contents, incomplete);
            return;
        }
        try {
            transaction.executeWithoutResult(status -> accept(definition, drop, contents));
        } catch (RunRefusedException.NoInput | TemplateException | ParametersTooLargeException e) {
            // in a new transaction: the failed one is rolled back
            reject(definition, drop, contents, String.valueOf(e.getMessage()));
        }
    }

    private void reject(Definition definition, DropFolder drop, Map<TakenFile, Content> contents, String cause) {
        transaction.executeWithoutResult(status -> {
            List<TakenFile> files = locked(contents.keySet());
            if (!files.isEmpty()) {
                NewRun run = NewRun.dropped(
                        definition, drop.folder(), "file:" + files.getFirst().id(), List.of());
                insert(files, contents, runAcceptance.reject(run, cause).id());
            }
        });
    }

    private void accept(Definition definition, DropFolder drop, Map<TakenFile, Content> contents) {
        List<TakenFile> files = new ArrayList<>();
        Set<String> known = new HashSet<>();
        // by hash, so that nodes that wait for each other's contents do so in one order
        locked(contents.keySet()).stream()
                .sorted(Comparator.comparing(taken -> sha256(taken, contents)))
                .forEach(taken -> duplicate(drop, taken, sha256(taken, contents), known)
                        .ifPresentOrElse(
                                reason -> duplicateFiles.record(taken.id(), sha256(taken, contents), reason),
                                () -> files.add(taken)));
        if (!files.isEmpty()) {
            files.sort(Comparator.comparing(TakenFile::name));
            NewRun run = NewRun.dropped(
                    definition, drop.folder(), "file:" + files.getFirst().id(), List.of());
            insert(
                    files,
                    contents,
                    runAcceptance.accept(run.with(scorings(run, drop, files))).id());
        }
    }

    private static String sha256(TakenFile taken, Map<TakenFile, Content> contents) {
        Content content = contents.get(taken);
        return content == null ? "" : content.sha256;
    }

    /** Why a file is not scored; empty if it is. */
    private Optional<String> duplicate(DropFolder drop, TakenFile taken, String sha256, Set<String> known) {
        if (sha256.isEmpty()) {
            return Optional.empty();
        }
        boolean anyName = drop.rules().scoredDuplicates() == Duplicates.ONCE;
        if (anyName && !known.add(sha256)) {
            return Optional.of("another file of its group has the same content ('duplicates')");
        }
        return duplicateFiles.earlier(
                taken.definition(), taken.folder().toString(), anyName ? null : taken.name(), sha256);
    }

    private List<Map<String, InputSource>> scorings(NewRun run, DropFolder drop, List<TakenFile> files) {
        return files.stream()
                .flatMap(taken -> inputFiles
                        .scorings(
                                run.definition(),
                                Map.of(drop.input(), new InputFile(taken.path().toString(), taken.fileName())),
                                run.values())
                        .stream())
                .toList();
    }

    private void insert(List<TakenFile> files, Map<TakenFile, Content> contents, long run) {
        for (TakenFile taken : files) {
            Content content = contents.get(taken);
            ledger.insert(taken, content == null ? 0 : content.bytes, run);
            if (content != null && !content.sha256.isEmpty()) {
                duplicateFiles.hashed(taken.id(), content.sha256);
            }
        }
    }

    /** Those that no other node has recorded; none can until this transaction ends. */
    private List<TakenFile> locked(Collection<TakenFile> files) {
        Set<UUID> ids = new HashSet<>(jdbc.sql(
                        "SELECT id FROM dropped_file WHERE id = ANY(:ids) AND location = 'taking' ORDER BY id FOR UPDATE")
                .param("ids", files.stream().map(TakenFile::id).toArray(UUID[]::new))
                .query(UUID.class)
                .list());
        return files.stream().filter(taken -> ids.contains(taken.id())).toList();
    }
}

package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.database.Transactions;
import dev.bes.orchestrator.files.FilePlacement;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts files that are kept apart back into their drop folders. */
@Component
public class QuarantinedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(QuarantinedFiles.class);

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final AuditLog audit;
    private final FileThreads files;

    QuarantinedFiles(JdbcClient jdbc, Transactions transactions, AuditLog audit, FileThreads files) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.audit = audit;
        this.files = files;
    }

    /**
     * Moves a file back to its drop folder, under its name or the next free one. There it is a new arrival, with a row of its own.
     *
     * @param by who says so
     * @return whether it was in quarantine
     */
    public boolean retry(FileRecord file, Actor by) {
        String path = file.path();
        if (file.state() != FileState.QUARANTINED || path == null) {
            return false;
        }
        Path kept = Path.of(path);
        Path target = Path.of(file.folder()).resolve(file.name());
        if (!files.get(Use.REQUEST, "Moving a file back from quarantine", () -> isMoved(kept, target))) {
            return false;
        }
        transactions.run(() -> {
            int changed = jdbc.sql(
                            "UPDATE dropped_file SET location = 'retried', path = NULL, moved_at = clock_timestamp()"
                                    + " WHERE number = :id AND location IN ('failed', 'changed')")
                    .param("id", file.id())
                    .update();
            audit.allowed(Action.FILE_RETRIED, by.toString(), "file " + file.id(), file.definition(), null, null);
            return changed;
        });
        return true;
    }

    private static boolean isMoved(Path kept, Path target) {
        try {
            FilePlacement.move(kept, target, FilePlacement.Already.SAME_FILE);
            Files.deleteIfExists(reasonFile(kept));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file beside a file in quarantine that says why it is there. */
    private static Path reasonFile(Path kept) {
        return kept.resolveSibling(kept.getFileName() + ".reason.txt");
    }

    /** Writes why a file is kept apart beside it, unless something is there: nothing is replaced, and no link is followed. */
    static void writeReason(Path kept, String reason) throws IOException {
        String text =
                reason + "\nTo have the file scored, choose 'Retry' on the page 'Files', or run: bes files retry\n";
        try {
            Files.write(
                    reasonFile(kept),
                    text.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} has a reason beside it already", kept);
        }
    }
}

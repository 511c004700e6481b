package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.files.FilePlacement;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.trigger.arrival.ledger.FileNames;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FoundFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts files that are kept apart back into their drop folders, and has those scored again that stay where they are. */
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
     * A blob, or a file that stayed where it is, is a new arrival without a move.
     *
     * @param by who says so
     * @return whether it could be put back
     */
    public boolean retry(FileRecord file, Actor by) {
        String path = file.path();
        if (!file.isRetryable() || (path == null && file.version() == null)) {
            return false;
        }
        if (path != null
                && !files.get(Use.REQUEST, "Moving a file back from quarantine", () -> isBack(file, Path.of(path)))) {
            return false;
        }
        return transactions.run(() -> {
            int changed = jdbc.sql(
                            "UPDATE dropped_file SET location = 'retried', path = NULL, moved_at = clock_timestamp()"
                                    + " WHERE number = :id AND location IN ('failed', 'changed', 'left')")
                    .param("id", file.id())
                    .update();
            boolean isBack = changed > 0 || path != null;
            if (isBack) {
                audit.allowed(Action.FILE_RETRIED, by.toString(), "file " + file.id(), file.definition(), null, null);
            }
            return isBack;
        });
    }

    private static boolean isBack(FileRecord file, Path kept) {
        try {
            Path folder = Path.of(file.folder());
            for (String name : FileNames.folders(file.name())) {
                folder = FilePlacement.folder(folder, name);
            }
            Path target = folder.resolve(FileNames.last(file.name()));
            if (file.version() != null && file.version().equals(versionAt(target))) {
                // it never left: what is kept apart is a copy
                Files.deleteIfExists(kept);
                Files.deleteIfExists(reasonFile(kept));
                return true;
            }
            FilePlacement.move(kept, target, FilePlacement.Already.SAME_FILE);
            Files.deleteIfExists(reasonFile(kept));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String versionAt(Path file) throws IOException {
        try {
            return FoundFile.of(file, Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS))
                    .staying()
                    .version();
        } catch (NoSuchFileException e) {
            return null;
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

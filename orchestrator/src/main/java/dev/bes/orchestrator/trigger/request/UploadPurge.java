package dev.bes.orchestrator.trigger.request;

import dev.bes.orchestrator.node.file.FileOperations;
import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.node.folder.SharedFolders;
import dev.bes.orchestrator.run.query.RunReader;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Removes the files of requests whose run was purged or never existed. It starts from the folders, not from the runs, so that it
 * finds what a crash left.
 */
@Component
public class UploadPurge {
    private static final int BATCH = 500;
    // the run of a new upload may not be written yet
    private static final Duration MIN_AGE = Duration.ofDays(1);

    private final Uploads uploads;
    private final RunReader reader;
    private final SharedFolders folders;
    private final FileOperations work;
    private final InstantSource clock;

    UploadPurge(Uploads uploads, RunReader reader, SharedFolders folders, FileOperations work, InstantSource clock) {
        this.uploads = uploads;
        this.reader = reader;
        this.folders = folders;
        this.work = work;
        this.clock = clock;
    }

    /**
     * Purges all folders that are old enough.
     *
     * @param runRetention how long runs are kept after their end
     * @throws IOException if a folder can't be read or removed
     */
    public void purge(Duration runRetention) throws IOException {
        Duration age = runRetention.compareTo(MIN_AGE) < 0 ? MIN_AGE : runRetention;
        try (FileOperations.Operation _ = work.begin("Purging old uploads")) {
            if (!folders.isThere(SharedFolder.UPLOADS)) {
                // the folder may belong to another installation
                return;
            }
            Iterator<Uploads.OldUpload> old =
                    uploads.olderThan(clock.instant().minus(age)).iterator();
            while (old.hasNext()) {
                purge(batch(old));
            }
        }
    }

    private static List<Uploads.OldUpload> batch(Iterator<Uploads.OldUpload> old) {
        List<Uploads.OldUpload> batch = new ArrayList<>();
        while (old.hasNext() && batch.size() < BATCH) {
            batch.add(old.next());
        }
        return batch;
    }

    private void purge(List<Uploads.OldUpload> batch) throws IOException {
        Set<String> known = reader.occurred(
                batch.stream().map(Uploads.OldUpload::occurrence).toList());
        for (Uploads.OldUpload old : batch) {
            if (!known.contains(old.occurrence())) {
                uploads.drop(old.folder());
                work.moved();
            }
        }
    }
}

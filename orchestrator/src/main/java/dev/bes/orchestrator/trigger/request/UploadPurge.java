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
 * Removes the files of requests whose run is gone, or never came to be. The folders are asked for, not the runs: what a
 * crash left behind is found the next time.
 */
@Component
public class UploadPurge {
    private static final int BATCH = 500;
    // an upload without a run may still be on its way, however short runs are kept
    private static final Duration ON_ITS_WAY = Duration.ofDays(1);

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
     * Looks through all folders that are old enough.
     *
     * @param runs how long runs are kept after their end
     * @throws IOException if a folder can't be read or removed
     */
    public void purge(Duration runs) throws IOException {
        Duration age = runs.compareTo(ON_ITS_WAY) < 0 ? ON_ITS_WAY : runs;
        try (FileOperations.Operation _ = work.begin("Purging old uploads")) {
            if (!folders.isThere(SharedFolder.UPLOADS)) {
                // another installation's may lie there
                return;
            }
            Iterator<Uploads.Old> old =
                    uploads.olderThan(clock.instant().minus(age)).iterator();
            while (old.hasNext()) {
                purge(batch(old));
            }
        }
    }

    private static List<Uploads.Old> batch(Iterator<Uploads.Old> old) {
        List<Uploads.Old> batch = new ArrayList<>();
        while (old.hasNext() && batch.size() < BATCH) {
            batch.add(old.next());
        }
        return batch;
    }

    private void purge(List<Uploads.Old> batch) throws IOException {
        Set<String> known =
                reader.occurred(batch.stream().map(Uploads.Old::occurrence).toList());
        for (Uploads.Old old : batch) {
            if (!known.contains(old.occurrence())) {
                uploads.drop(old.folder());
                work.moved();
            }
        }
    }
}

package dev.bes.orchestrator.trigger;

import dev.bes.orchestrator.node.FileWork;
import dev.bes.orchestrator.node.SharedFolder;
import dev.bes.orchestrator.node.SharedFolders;
import dev.bes.orchestrator.run.DatabaseFailure;
import dev.bes.orchestrator.run.RetentionSettings;
import dev.bes.orchestrator.run.RunReader;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes the files of requests whose run is gone, or never came to be. The folders are asked for, not the runs: what a
 * crash left behind is found the next time.
 */
@Component
class UploadPurge {
    private static final Logger LOG = LoggerFactory.getLogger(UploadPurge.class);
    private static final int BATCH = 500;
    // an upload without a run may still be on its way, however short runs are kept
    private static final Duration ON_ITS_WAY = Duration.ofDays(1);

    private final Uploads uploads;
    private final RunReader runs;
    private final SharedFolders folders;
    private final FileWork work;
    private final InstantSource clock;
    private final Duration age;

    UploadPurge(
            Uploads uploads,
            RunReader runs,
            SharedFolders folders,
            FileWork work,
            InstantSource clock,
            RetentionSettings settings) {
        this.uploads = uploads;
        this.runs = runs;
        this.folders = folders;
        this.work = work;
        this.clock = clock;
        this.age = settings.runs().compareTo(ON_ITS_WAY) < 0 ? ON_ITS_WAY : settings.runs();
    }

    /** Looks through all folders that are old enough. */
    @Scheduled(initialDelay = 60_000, fixedDelay = 600_000, scheduler = "purgeScheduler")
    void purge() {
        try (FileWork.Operation _ = work.begin("Purging old uploads")) {
            if (!folders.isThere(SharedFolder.UPLOADS)) {
                // another installation's may lie there
                return;
            }
            Iterator<Uploads.Old> old =
                    uploads.olderThan(clock.instant().minus(age)).iterator();
            while (old.hasNext()) {
                purge(batch(old));
            }
        } catch (IOException | DataAccessException e) {
            DatabaseFailure.warn(LOG, "Old uploads could not be purged", e);
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
                runs.occurred(batch.stream().map(Uploads.Old::occurrence).toList());
        for (Uploads.Old old : batch) {
            if (!known.contains(old.occurrence())) {
                uploads.drop(old.folder());
                work.moved();
            }
        }
    }
}

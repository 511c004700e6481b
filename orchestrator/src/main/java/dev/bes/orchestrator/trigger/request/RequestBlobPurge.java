package dev.bes.orchestrator.trigger.request;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.query.RunReader;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Removes the blobs of requests whose run was purged or never existed. It starts from the rows of the blobs, not from the runs, so
 * that it finds what a crash left.
 */
@Component
public class RequestBlobPurge {
    private static final Logger LOG = LoggerFactory.getLogger(RequestBlobPurge.class);
    private static final int BATCH = 500;
    // the run of a new upload may not be written yet
    private static final Duration MIN_AGE = Duration.ofDays(1);

    private final RequestFiles files;
    private final RequestBlobs blobs;
    private final RunReader reader;

    RequestBlobPurge(RequestFiles files, RequestBlobs blobs, RunReader reader) {
        this.files = files;
        this.blobs = blobs;
        this.reader = reader;
    }

    /**
     * Purges all blobs that are old enough.
     *
     * @param runRetention how long runs are kept after their end
     */
    public void purge(Duration runRetention) {
        Duration age = runRetention.compareTo(MIN_AGE) < 0 ? MIN_AGE : runRetention;
        List<RequestBlobs.RequestBlob> old = blobs.olderThan(age, null, BATCH);
        try {
            while (!old.isEmpty()) {
                purge(old);
                old = blobs.olderThan(age, old.getLast(), BATCH);
            }
        } catch (RemoteException e) {
            LOG.warn("Old blobs of requests could not be removed; they are purged later: {}", e.getMessage());
        }
    }

    private void purge(List<RequestBlobs.RequestBlob> old) {
        Set<String> known = reader.occurred(old.stream()
                .map(RequestBlobs.RequestBlob::occurrence)
                .distinct()
                .toList());
        old.stream().filter(blob -> !known.contains(blob.occurrence())).forEach(blob -> files.drop(blob.path()));
    }
}

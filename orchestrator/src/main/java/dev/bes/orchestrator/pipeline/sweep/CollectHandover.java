package dev.bes.orchestrator.pipeline.sweep;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.node.folder.SharedFolders;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.track.Track;
import dev.bes.orchestrator.run.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Collects finished scorings on threads of its own, at most {@code loops-per-endpoint} sets at a time for each endpoint. A track
 * loop that collected them itself would poll no other job meanwhile.
 */
@Component
class CollectHandover implements Track.Handover {
    private static final Logger LOG = LoggerFactory.getLogger(CollectHandover.class);

    private final LeaseRenewal leaseRenewal;
    private final SharedFolders folders;
    private final int maxSets;
    private final Map<String, Semaphore> permits = new ConcurrentHashMap<>();
    private volatile ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    CollectHandover(LeaseRenewal leaseRenewal, SharedFolders folders, PipelineSettings settings) {
        this.leaseRenewal = leaseRenewal;
        this.folders = folders;
        this.maxSets = settings.loopsPerEndpoint();
    }

    @Override
    public boolean tryHandOver(List<Claim> set, Runnable work) {
        Semaphore permit = permits.computeIfAbsent(set.getFirst().endpoint(), endpoint -> new Semaphore(maxSets));
        if (!folders.has(SharedFolder.DELIVERY_ROOT) || !permit.tryAcquire()) {
            return false;
        }
        try {
            threads.execute(() -> work(set, work, permit));
            return true;
        } catch (RejectedExecutionException e) {
            permit.release();
            return false;
        }
    }

    private void work(List<Claim> set, Runnable work, Semaphore permit) {
        try {
            leaseRenewal.renewDuring(set, work);
        } catch (DataAccessException | TransactionException e) {
            LOG.debug(
                    "The database is not reachable: the finished scorings become due again when their leases expire",
                    e);
        } catch (RuntimeException | Error e) {
            if (DatabaseFailure.isOutage(e)) {
                LOG.debug("Collecting was interrupted by a database outage", e);
                return;
            }
            LOG.error("Collecting failed; its claims become due again when their leases expire", e);
        } finally {
            permit.release();
        }
    }

    /** Accepts sets. */
    void start() {
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    /** Accepts no more sets, and waits for running ones for a time of grace. */
    void stop(Duration grace) throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            threads.shutdownNow();
        }
    }
}

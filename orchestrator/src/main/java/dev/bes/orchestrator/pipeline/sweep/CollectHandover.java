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
 * Works on with claimed sets beside the loops that claimed them, as many at a time for each endpoint as it has loops of a sweep:
 * a loop that fetched what it has seen finished would ask for no other job meanwhile.
 */
@Component
class CollectHandover implements Track.Beside {
    private static final Logger LOG = LoggerFactory.getLogger(CollectHandover.class);

    private final LeaseRenewal leaseRenewal;
    private final SharedFolders folders;
    private final int most;
    private final Map<String, Semaphore> rooms = new ConcurrentHashMap<>();
    private volatile ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    CollectHandover(LeaseRenewal leaseRenewal, SharedFolders folders, PipelineSettings settings) {
        this.leaseRenewal = leaseRenewal;
        this.folders = folders;
        this.most = settings.loops();
    }

    @Override
    public boolean takes(List<Claim> set, Runnable work) {
        Semaphore room = rooms.computeIfAbsent(set.getFirst().endpoint(), endpoint -> new Semaphore(most));
        if (!folders.has(SharedFolder.DELIVERY_ROOT) || !room.tryAcquire()) {
            return false;
        }
        try {
            threads.execute(() -> work(set, work, room));
            return true;
        } catch (RejectedExecutionException e) {
            room.release();
            return false;
        }
    }

    private void work(List<Claim> set, Runnable work, Semaphore room) {
        try {
            leaseRenewal.holding(set, work);
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("The database is away: what was seen finished is due again when its lease ends", e);
        } catch (RuntimeException | Error e) {
            if (DatabaseFailure.isOutage(e)) {
                LOG.debug("Collecting was broken off by an outage of the database", e);
                return;
            }
            LOG.error("Collecting failed; what it had claimed is due again when its lease ends", e);
        } finally {
            room.release();
        }
    }

    /** Takes sets from now on. */
    void begin() {
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    /** Takes no more, and waits for what is under way, so long at most. */
    void end(Duration grace) throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            threads.shutdownNow();
        }
    }
}

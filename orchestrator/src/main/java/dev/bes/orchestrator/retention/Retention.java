package dev.bes.orchestrator.retention;

import dev.bes.orchestrator.account.SignInLimit;
import dev.bes.orchestrator.account.creation.CreationKeys;
import dev.bes.orchestrator.audit.AuditPurge;
import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.pipeline.batch.BatchPurge;
import dev.bes.orchestrator.run.command.RunPurge;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFiles;
import dev.bes.orchestrator.trigger.backfill.Backfills;
import dev.bes.orchestrator.trigger.request.RequestBlobPurge;
import dev.bes.orchestrator.trigger.request.SqlRequests;
import dev.bes.orchestrator.trigger.schedule.QuartzPurge;
import dev.bes.orchestrator.trigger.schedule.fire.FireLedger;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Purges old data in small batches on every node. */
@Component
@EnableConfigurationProperties(RetentionSettings.class)
class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int BATCH = 500;
    private static final int AUDIT_BATCH = 10_000;

    private final RunPurge runs;
    private final BatchPurge batch;
    private final QuartzPurge quartz;
    private final FireLedger fires;
    private final Backfills backfills;
    private final LyingFiles files;
    private final RequestBlobPurge requestBlobs;
    private final SqlRequests sqlRequests;
    private final SignInLimit attempts;
    private final CreationKeys creationKeys;
    private final AuditPurge audit;
    private final RetentionSettings settings;

    Retention(
            RunPurge runs,
            BatchPurge batch,
            QuartzPurge quartz,
            FireLedger fires,
            Backfills backfills,
            LyingFiles files,
            RequestBlobPurge requestBlobs,
            SqlRequests sqlRequests,
            SignInLimit attempts,
            CreationKeys creationKeys,
            AuditPurge audit,
            RetentionSettings settings) {
        this.runs = runs;
        this.batch = batch;
        this.quartz = quartz;
        this.fires = fires;
        this.backfills = backfills;
        this.files = files;
        this.requestBlobs = requestBlobs;
        this.sqlRequests = sqlRequests;
        this.attempts = attempts;
        this.creationKeys = creationKeys;
        this.audit = audit;
        this.settings = settings;
    }

    private interface Purge {
        void run() throws IOException;
    }

    @Scheduled(fixedDelayString = "${orchestrator.retention.interval:5s}")
    void purgeRuns() {
        run("Old runs", () -> {
            runs.purge(settings.runs(), BATCH);
            runs.purgeNodes(settings.metadata());
        });
    }

    @Scheduled(fixedDelayString = "${orchestrator.retention.interval:5s}")
    void purgeBatch() {
        run("Old metadata of Spring Batch", () -> batch.purge(settings.metadata(), BATCH));
    }

    @Scheduled(fixedDelay = 600_000)
    void purgeQuartz() {
        run("Old metadata of Quartz", () -> quartz.purge(settings.metadata(), BATCH));
        run("Old fire times", () -> {
            while (fires.purge(settings.runs(), AUDIT_BATCH) == AUDIT_BATCH) {
                LOG.debug("Purged {} fire times", AUDIT_BATCH);
            }
        });
    }

    @Scheduled(fixedDelay = 60_000)
    void purgeSqlRequests() {
        run("Old requests by SQL", () -> sqlRequests.purge(settings.runs(), AUDIT_BATCH));
    }

    @Scheduled(fixedDelay = 600_000)
    void purgeBackfills() {
        run("Old backfills", () -> backfills.purge(settings.runs(), BATCH));
    }

    @Scheduled(fixedDelay = 600_000)
    void purgeFiles() {
        run("Rows of files that were removed", () -> {
            while (files.purge(settings.runs(), AUDIT_BATCH) == AUDIT_BATCH) {
                LOG.debug("Purged {} rows of files", AUDIT_BATCH);
            }
        });
    }

    @Scheduled(fixedDelay = 600_000)
    void purgeAttempts() {
        run("Old attempts to sign in", attempts::purge);
    }

    @Scheduled(fixedDelay = 600_000)
    void purgeCreationKeys() {
        run("Old idempotency keys", () -> creationKeys.purge(settings.metadata(), BATCH));
    }

    @Scheduled(initialDelay = 60_000, fixedDelay = 600_000, scheduler = "purgeScheduler")
    void purgeRequestBlobs() {
        run("Old blobs of requests", () -> requestBlobs.purge(settings.runs()));
    }

    @Scheduled(initialDelay = 30_000, fixedDelay = 60_000)
    void purgeAudit() {
        run("Old rows of the audit", () -> {
            while (audit.purge(settings.audit(), AUDIT_BATCH) == AUDIT_BATCH) {
                LOG.debug("Purged {} rows of the audit", AUDIT_BATCH);
            }
        });
    }

    private static void run(String what, Purge purge) {
        try {
            purge.run();
        } catch (IOException | DataAccessException | TransactionException e) {
            DatabaseFailure.warn(LOG, what + " could not be purged", e);
        }
    }
}

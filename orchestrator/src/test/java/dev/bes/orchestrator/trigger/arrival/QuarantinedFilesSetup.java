package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.node.HealthyFolders;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.DatabaseFixture;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes the class that puts files back, without a context. */
public final class QuarantinedFilesSetup {
    private QuarantinedFilesSetup() {}

    /** One on the shared database. */
    public static QuarantinedFiles of(JdbcClient jdbc) {
        return new QuarantinedFiles(
                jdbc,
                new Transactions(DatabaseFixture.shared().transactions()),
                new AuditLog(jdbc, new Node("quarantine"), InstantSource.system()),
                new HealthyFolders().threads);
    }
}

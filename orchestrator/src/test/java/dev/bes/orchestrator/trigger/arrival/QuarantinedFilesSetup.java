package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.node.file.FileThreads;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes the class that puts files back, for tests of other packages. */
public final class QuarantinedFilesSetup {
    private QuarantinedFilesSetup() {}

    /** One without a context. */
    public static QuarantinedFiles of(JdbcClient jdbc, Transactions transactions, AuditLog audit, FileThreads files) {
        return new QuarantinedFiles(jdbc, transactions, audit, files);
    }
}

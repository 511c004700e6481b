package dev.bes.orchestrator.audit;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes old rows of the audit: the only way in which one goes. */
@Component
public class AuditPurge {
    private final JdbcClient jdbc;
    private final AuditLog log;

    AuditPurge(JdbcClient jdbc, AuditLog log) {
        this.jdbc = jdbc;
        this.log = log;
    }

    /**
     * Removes old rows, and writes a row that says so.
     *
     * @param age how old rows must be; at least one day
     * @param batch how many at most
     * @return how many are gone
     */
    @Transactional
    public int purge(Duration age, int batch) {
        jdbc.sql("SET LOCAL orchestrator.purges_audit = 'on'").update();
        int gone =
                jdbc.sql("""
                DELETE FROM audit WHERE id = ANY(ARRAY(
                    SELECT id FROM audit WHERE at < now() - :age * interval '1 ms' ORDER BY at LIMIT :batch
                    FOR UPDATE SKIP LOCKED))""").param("age", age.toMillis()).param("batch", batch).update();
        if (gone > 0) {
            String text = gone + " rows older than " + age.toDays() + " days";
            log.allowed(Action.AUDIT_PURGED, log.self(), "audit", null, text, null);
        }
        return gone;
    }
}

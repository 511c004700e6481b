package dev.bes.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.TestEnvironment;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("slow")
class MigrationTests {
    private final String url = TestEnvironment.newDatabase();
    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(url));

    private Flyway flyway() {
        return Flyway.configure().dataSource(url, null, null).load();
    }

    private List<String> texts(String sql) {
        return jdbc.sql(sql).query((row, n) -> row.getString(1)).list();
    }

    @Test
    void letsFourNodesStartAtTheSameTimeOnAnEmptyDatabase() {
        List<Integer> made = Parallel.all(IntStream.range(0, 4)
                .<Callable<Integer>>mapToObj(i -> () -> flyway().migrate().migrationsExecuted)
                .toList());

        List<String> versions = texts(
                "SELECT version FROM flyway_schema_history WHERE success AND type = 'SQL' ORDER BY installed_rank");
        assertThat(versions).hasSizeGreaterThanOrEqualTo(4).isSorted().doesNotHaveDuplicates();
        assertThat(made.stream().mapToInt(i -> i).sum()).isEqualTo(versions.size());
        assertThat(flyway().validateWithResult().validationSuccessful).isTrue();
        assertThat(flyway().info().pending()).isEmpty();
    }

    @Test
    void bringsTheTablesOfSpringBatchAndQuartz() {
        flyway().migrate();

        assertThat(texts("SELECT tablename FROM pg_tables WHERE tablename ~ '^(batch|qrtz)_'"))
                .containsExactlyInAnyOrder(
                        "batch_job_instance",
                        "batch_job_execution",
                        "batch_job_execution_params",
                        "batch_job_execution_context",
                        "batch_step_execution",
                        "batch_step_execution_context",
                        "qrtz_blob_triggers",
                        "qrtz_calendars",
                        "qrtz_cron_triggers",
                        "qrtz_fired_triggers",
                        "qrtz_job_details",
                        "qrtz_locks",
                        "qrtz_paused_trigger_grps",
                        "qrtz_scheduler_state",
                        "qrtz_simple_triggers",
                        "qrtz_simprop_triggers",
                        "qrtz_triggers");
        assertThat(texts("SELECT sequencename FROM pg_sequences WHERE sequencename LIKE 'batch%'"))
                .hasSize(3);
    }

    @Test
    void bringsTheIndexesThatTheirSchemasLack() {
        flyway().migrate();

        assertThat(texts("""
                SELECT t.relname || '(' || string_agg(a.attname, ',' ORDER BY k.n) || ')'
                FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
                CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k(attnum, n)
                JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum
                WHERE t.relname LIKE 'batch%' AND NOT i.indisprimary GROUP BY t.relname, i.indexrelid"""))
                .contains("batch_job_execution(job_instance_id)", "batch_step_execution(job_execution_id)");
        assertThat(texts("SELECT lock_name FROM qrtz_locks WHERE sched_name = 'orchestrator'"))
                .containsExactlyInAnyOrder("TRIGGER_ACCESS", "STATE_ACCESS");
    }
}

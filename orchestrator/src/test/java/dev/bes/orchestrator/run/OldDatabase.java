package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.RunBuilder.aRun;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database after a busy year: a million rows of history of 200,000 scorings, their runs, and the books of Spring Batch and
 * Quartz to match; beside them, a few live ones.
 */
public final class OldDatabase {
    /** The endpoint of everything that is old, and of a thousand scorings that are planned. */
    public static final String BUSY = "busy";

    private static @Nullable OldDatabase shared;

    // one statement per table; what the constraints would check is so by the way that the rows are made
    private static final List<String> ROWS = List.of(
            "SET session_replication_role = replica",
            "SET synchronous_commit = off",
            """
            INSERT INTO frozen_definition (hash, name, content)
            SELECT 'old-' || n, 'old-' || n, content FROM frozen_definition, generate_series(0, 49) n""",
            """
            INSERT INTO run (definition, occurrence, trigger, definition_hash, scorings, state, cause, created_at, ended_at)
            SELECT 'old-' || n % 50, 'request:old-' || n, 'request', 'old-' || n % 50, 2,
                   (ARRAY['Finished', 'Failed', 'Cancelled'])[1 + n % 3], 'it was so',
                   now() - n * interval '300 s', now() - n * interval '300 s'
            FROM generate_series(1, 100000) n""",
            """
            INSERT INTO scoring (run_id, position, endpoint, inputs, parameters, delivery, step, state, cause, ended_at, due_at)
            SELECT r.id, n, 'busy', '{"input1":{"path":"/in/1.csv","name":"1.csv"}}', '{}', 'there',
                   CASE r.state WHEN 'Finished' THEN 'DELIVERED' ELSE 'STARTED' END, r.state, r.cause, r.ended_at, NULL
            FROM run r, generate_series(1, 2) n WHERE r.definition LIKE 'old-%'""",
            """
            INSERT INTO attempt (scoring_id, number, staged, rows_in, endpoint, nonce, job_id, submitted_at, outputs, state, ended_at)
            SELECT id, 1, '{}', 3, endpoint, gen_random_uuid(), 'job-' || id, ended_at, '{}', state, ended_at
            FROM scoring WHERE ended_at IS NOT NULL""",
            """
            INSERT INTO submit_intent (nonce, scoring_id, attempt, node)
            SELECT gen_random_uuid(), id, 1, 'old' FROM scoring WHERE ended_at IS NOT NULL""",
            """
            INSERT INTO fold (carrier_id, key, members, open)
            SELECT id, id, 500, false FROM scoring WHERE ended_at IS NOT NULL AND id % 20 = 0""",
            """
            INSERT INTO history (run_id, scoring_id, seq, attempt, from_step, to_step, from_state, to_state, at, node)
            SELECT run_id, id, n, 1, 'PLANNED', 'STAGED', 'NotStarted', 'NotStarted', ended_at, 'old'
            FROM scoring, generate_series(1, 5) n WHERE ended_at IS NOT NULL""",
            """
            INSERT INTO dropped_file (id, definition, folder, name, bytes, run_id, location)
            SELECT gen_random_uuid(), definition, 'drop', 'a.csv', 1, id, 'archive' FROM run WHERE id % 4 = 0""",
            """
            INSERT INTO schedule_fire (definition, schedule, fire_time, outcome)
            SELECT 'old-' || n % 50, 'nightly', now() - n * interval '300 s', 'missed' FROM generate_series(1, 100000) n""",
            """
            INSERT INTO run_request (definition, parameters, idempotency_key, requested_by, database_user, state, decided_at)
            SELECT 'old-' || n % 50, '{}', 'key-' || n, 'billing', 'billing', 'refused', now() FROM generate_series(1, 50000) n""",
            """
            INSERT INTO callback (run_id, definition, address, state, attempts, status, ended_at)
            SELECT id, definition, 'https://hooks.example.com/' || id, 'delivered', 1, 204, ended_at FROM run WHERE id % 2 = 0""",
            """
            INSERT INTO shadow_comparison (scoring_id, run_id, position, definition, endpoint, main_endpoint, shadow_run, verdict, found, ended_at)
            SELECT s.id, s.run_id, s.position, r.definition, 'other', 'busy', CASE s.position WHEN 1 THEN r.id END, 'same',
                   '{"verdict": "same", "outputs": [{"output": "output1", "rows": 3, "shadowRows": 3, "differentRows": 0, "missing": [],
                     "added": [], "first": [], "columns": [{"column": "P", "texts": 0, "numbers": 3, "beyond": 0, "largest": 0.0001,
                     "mean": 0.0001}]}]}', s.ended_at
            FROM scoring s JOIN run r ON r.id = s.run_id WHERE s.step = 'DELIVERED'""",
            "INSERT INTO input_content SELECT gen_random_uuid(), id, 'x' FROM run",
            "INSERT INTO batch_job_instance SELECT n, 0, 'launch', 'key-' || n FROM generate_series(1, 100000) n",
            """
            INSERT INTO batch_job_execution (job_execution_id, version, job_instance_id, create_time, status)
            SELECT n, 1, n, localtimestamp - (100000 - n) * interval '60 s', 'COMPLETED' FROM generate_series(1, 100000) n""",
            """
            INSERT INTO batch_step_execution (step_execution_id, version, step_name, job_execution_id, create_time, status)
            SELECT n, 1, 'launch', n, localtimestamp, 'COMPLETED' FROM generate_series(1, 100000) n""",
            "INSERT INTO batch_job_execution_params SELECT n, 'launch', 'String', 'x', 'Y' FROM generate_series(1, 100000) n",
            "INSERT INTO batch_job_execution_context SELECT n, '{}' FROM generate_series(1, 100000) n",
            "INSERT INTO batch_step_execution_context SELECT n, '{}' FROM generate_series(1, 100000) n",
            """
            SELECT setval('batch_job_instance_seq', 100000), setval('batch_job_execution_seq', 100000),
                   setval('batch_step_execution_seq', 100000)""",
            """
            INSERT INTO qrtz_job_details (sched_name, job_name, job_group, job_class_name, is_durable, is_nonconcurrent,
                is_update_data, requests_recovery)
            SELECT 'old', 's' || n, 'd' || n, 'dev.bes.orchestrator.trigger.schedule.ScheduleJob', false, false, false, true
            FROM generate_series(1, 20000) n""",
            """
            INSERT INTO qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group, next_fire_time,
                prev_fire_time, priority, trigger_state, trigger_type, start_time, end_time, misfire_instr)
            SELECT sched_name, job_name, job_group, job_name, job_group, 4000000000000, 0, 5, 'WAITING', 'CRON', 0, 0, 1
            FROM qrtz_job_details""",
            """
            INSERT INTO qrtz_cron_triggers
            SELECT sched_name, trigger_name, trigger_group, '0 0 12 * * ?', 'UTC' FROM qrtz_triggers""",
            """
            INSERT INTO qrtz_fired_triggers (sched_name, entry_id, trigger_name, trigger_group, instance_name, fired_time,
                sched_time, priority, state, job_name, job_group, requests_recovery)
            SELECT sched_name, job_name, job_name, job_group, 'gone', 0, 0, 5, 'EXECUTING', job_name, job_group, true
            FROM qrtz_job_details""",
            """
            INSERT INTO audit (at, actor, via, action, object, definition, outcome, node)
            SELECT now() - n * interval '60 s', 'user:u' || n % 100, 'token',
                   CASE WHEN n % 5000 = 0 THEN 'user.added' ELSE 'run.requested' END, 'run ' || n,
                   CASE WHEN n % 7 > 0 THEN 'old-' || n % 50 END,
                   CASE WHEN n % 100 = 7 THEN 'refused' ELSE 'allowed' END, 'old'
            FROM generate_series(200000, 1, -1) n""",
            "VACUUM ANALYZE");

    private final RecordedPlans recordedPlans = new RecordedPlans();
    private final DataSource dataSource;
    private final DatabaseFixture databaseFixture;

    private OldDatabase() throws SQLException {
        DatabaseFixture plain = DatabaseFixture.withConnections(8);
        RunParts node = plain.node("filling");
        node.runs().accept(aRun().build());
        try (Connection connection =
                        DriverManager.getConnection(plain.dataSource().getJdbcUrl());
                Statement statement = connection.createStatement()) {
            for (String sql : ROWS.subList(0, ROWS.size() - 1)) {
                statement.execute(sql);
            }
            node.runs().accept(aRun().on(BUSY).withScorings(1000).build());
            statement.execute(ROWS.getLast());
        }
        this.dataSource = recordedPlans.over(plain.dataSource());
        this.databaseFixture = plain.through(pool -> dataSource);
    }

    /** The one that tests share, made when it is first asked for. */
    public static synchronized OldDatabase shared() {
        if (shared == null) {
            try {
                shared = new OldDatabase();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        return shared;
    }

    /** The database. */
    public DatabaseFixture database() {
        return databaseFixture;
    }

    /** Its connections, whose plans are known. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** How its statements are planned. */
    public RecordedPlans plans() {
        return recordedPlans;
    }
}

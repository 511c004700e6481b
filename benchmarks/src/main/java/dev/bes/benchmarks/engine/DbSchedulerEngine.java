package dev.bes.benchmarks.engine;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** One db-scheduler task per scoring, taken by lock-and-fetch, at once when there is a place. */
final class DbSchedulerEngine implements Engine {

    private static final String TABLE = """
            CREATE TABLE scheduled_tasks (
              task_name text not null, task_instance text not null, task_data bytea,
              execution_time timestamp with time zone not null, picked boolean not null, picked_by text,
              last_success timestamp with time zone, last_failure timestamp with time zone, consecutive_failures int,
              last_heartbeat timestamp with time zone, version bigint not null, priority smallint,
              state text, execution_date timestamp with time zone,
              PRIMARY KEY (task_name, task_instance));
            CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)""";

    private final OneTimeTask<String> task;
    private final Scheduler scheduler;

    DbSchedulerEngine(DataSource database, ScoringSteps steps, WorkCounter counter) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        task = Tasks.oneTime("score", String.class)
                .execute((instance, context) -> counter.count(() -> steps.all(Scoring.parse(instance.getData()))));
        scheduler = Scheduler.create(database, task)
                .threads(EngineKind.CALLS_AT_ONCE)
                // it takes on more than its upper limit now and then, once thousands: the executor bounds what is at
                // work
                .executorService(Executors.newFixedThreadPool(
                        EngineKind.CALLS_AT_ONCE, Thread.ofVirtual().factory()))
                .pollUsingLockAndFetch(1.0, 4.0)
                .pollingInterval(Duration.ofMillis(100))
                .enableImmediateExecution()
                .build();
        scheduler.start();
    }

    @Override
    public void take(List<Scoring> scorings) {
        List<TaskInstance<?>> all =
                scorings.stream().<TaskInstance<?>>map(this::instance).toList();
        scheduler.scheduleBatch(all, Instant.EPOCH);
    }

    @Override
    public void take(Scoring scoring) {
        scheduler.schedule(instance(scoring), Instant.EPOCH);
    }

    private TaskInstance<String> instance(Scoring scoring) {
        return task.instance(UUID.randomUUID().toString(), scoring.line());
    }

    @Override
    public void close() {
        scheduler.stop();
    }
}

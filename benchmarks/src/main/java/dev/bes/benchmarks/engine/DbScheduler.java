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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** One db-scheduler task per scoring, scheduled in one batch, taken by lock-and-fetch. */
final class DbScheduler implements Engine {

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
    private volatile CountDownLatch left = new CountDownLatch(0);

    DbScheduler(DataSource database, Steps steps) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        task = Tasks.oneTime("score", String.class).execute((instance, context) -> {
            String[] words = instance.getData().split("\t", 2);
            steps.all(Folders.parse(words[1]).scoring(words[0]));
            left.countDown();
        });
        scheduler = Scheduler.create(database, task)
                .threads(Kind.CALLS_AT_ONCE)
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(Duration.ofMillis(100))
                .build();
        scheduler.start();
    }

    @Override
    public void score(List<String> names, Folders folders) {
        left = new CountDownLatch(names.size());
        List<TaskInstance<?>> all = new ArrayList<>();
        String where = folders.work() + "\t" + folders.delivered();
        names.forEach(name -> all.add(task.instance(UUID.randomUUID().toString(), name + "\t" + where)));
        scheduler.scheduleBatch(all, Instant.EPOCH);
        try {
            left.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        scheduler.stop();
    }
}

package dev.bes.orchestrator.pipeline.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Parallel;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class BatchPurgeTests {
    private static final Duration AGE = Duration.ofDays(7);
    private final JdbcClient jdbc = DatabaseFixture.shared().jdbc();
    private final BatchPurge purge = new BatchPurge(jdbc);

    // before for what others left, after since these ids are not the sequences' own
    @BeforeEach
    @AfterEach
    void clear() {
        jdbc.sql("""
                TRUNCATE batch_job_instance, batch_job_execution, batch_job_execution_params,
                    batch_job_execution_context, batch_step_execution, batch_step_execution_context""").update();
    }

    private void instance(int id) {
        jdbc.sql("INSERT INTO batch_job_instance VALUES (?, 0, 'launch', ?)")
                .params(id, "key-" + id)
                .update();
    }

    private void execution(int id, String status, int daysAgo) {
        instance(id);
        jdbc.sql("INSERT INTO batch_job_execution (job_execution_id, job_instance_id, create_time, status)"
                        + " VALUES (?, ?, localtimestamp - ? * interval '1 day', ?)")
                .params(id, id, daysAgo, status)
                .update();
        jdbc.sql("INSERT INTO batch_job_execution_context VALUES (?, '{}')")
                .param(id)
                .update();
        jdbc.sql("INSERT INTO batch_job_execution_params VALUES (?, 'launch', 'String', 'x', 'Y')")
                .param(id)
                .update();
        jdbc.sql(
                        "INSERT INTO batch_step_execution (step_execution_id, version, step_name, job_execution_id, create_time)"
                                + " VALUES (?, 0, 'launch', ?, localtimestamp)")
                .params(id, id)
                .update();
        jdbc.sql("INSERT INTO batch_step_execution_context VALUES (?, '{}')")
                .param(id)
                .update();
    }

    private List<Integer> ids(String column, String table) {
        return jdbc.sql("SELECT " + column + " FROM " + table + " ORDER BY 1")
                .query(Integer.class)
                .list();
    }

    @Test
    void forgetsOldBooksHoweverTheyEnded() {
        execution(1, "COMPLETED", 30);
        execution(2, "STARTED", 20);
        execution(3, "UNKNOWN", 10);
        execution(4, "FAILED", 8);
        execution(5, "COMPLETED", 6);
        execution(6, "STARTED", 0);
        purge.purge(AGE, 500);

        assertThat(ids("job_instance_id", "batch_job_instance")).containsExactly(5, 6);
        assertThat(ids("job_execution_id", "batch_job_execution")).containsExactly(5, 6);
        assertThat(ids("job_execution_id", "batch_job_execution_params")).containsExactly(5, 6);
        assertThat(ids("job_execution_id", "batch_job_execution_context")).containsExactly(5, 6);
        assertThat(ids("step_execution_id", "batch_step_execution")).containsExactly(5, 6);
        assertThat(ids("step_execution_id", "batch_step_execution_context")).containsExactly(5, 6);
    }

    @Test
    void forgetsAnInstanceThatNeverGotAnExecution() {
        instance(1);
        execution(2, "COMPLETED", 30);
        instance(3);
        execution(4, "COMPLETED", 1);
        purge.purge(AGE, 500);

        assertThat(ids("job_instance_id", "batch_job_instance"))
                .as("nothing tells yet that the third is old")
                .containsExactly(3, 4);
    }

    @Test
    void takesSoManyAtATime() {
        for (int id = 1; id <= 5; id++) {
            execution(id, "COMPLETED", 30);
        }

        assertThat(purge.purge(AGE, 3)).isEqualTo(3);
        assertThat(purge.purge(AGE, 3)).isEqualTo(2);
        assertThat(purge.purge(AGE, 3)).isZero();
    }

    @Test
    void letsSeveralNodesPurgeAtTheSameTime() {
        for (int id = 1; id <= 40; id++) {
            execution(id, "COMPLETED", 30);
        }
        List<Integer> gone = Parallel.all(Collections.nCopies(4, (Callable<Integer>) () -> purge.purge(AGE, 10)));
        int rest = purge.purge(AGE, 40);

        assertThat(gone.stream().mapToInt(i -> i).sum() + rest)
                .as("each instance once")
                .isEqualTo(40);
        assertThat(ids("job_instance_id", "batch_job_instance")).isEmpty();
    }
}

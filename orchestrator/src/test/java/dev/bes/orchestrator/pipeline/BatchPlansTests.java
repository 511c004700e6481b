package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Database;
import dev.bes.orchestrator.run.OldDatabase;
import dev.bes.orchestrator.run.Plans;
import dev.bes.orchestrator.run.Plans.Plan;
import dev.bes.orchestrator.run.RetentionSettings;
import dev.bes.orchestrator.run.Sweep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Isolation;

/** With 100,000 sets in the books of Spring Batch, neither a set nor the purge reads a table whole. */
class BatchPlansTests {
    private static final int OFTEN = 12;

    private final OldDatabase old = OldDatabase.shared();

    private ClaimedSetJobs jobs() throws Exception {
        Database database = old.database();
        JdbcJobRepositoryFactoryBean repository = new JdbcJobRepositoryFactoryBean();
        repository.setDataSource(old.dataSource());
        repository.setJdbcOperations(new JdbcTemplate(old.dataSource()));
        repository.setTransactionManager(database.transactions());
        repository.setIsolationLevelForCreateEnum(Isolation.READ_COMMITTED);
        repository.setValidateTransactionState(false);
        repository.afterPropertiesSet();
        return new ClaimedSetJobs(
                new BatchBooks(repository.getObject(), database.transactions()),
                new Calls(new Bench(Path.of("delivered")).settings));
    }

    private void readNoTableWhole(Runnable work) {
        for (int i = 0; i < OFTEN; i++) {
            List<Plan> plans = old.plans().of(work);
            assertThat(plans).isNotEmpty();
            assertThat(Plans.readWhole(plans)).isEmpty();
        }
    }

    @Test
    void runsASetByIndex() throws Exception {
        ClaimedSetJobs jobs = jobs();
        List<Claim> set = old.database()
                .node("batch")
                .claims()
                .claim(Sweep.LAUNCH, OldDatabase.BUSY, Integer.MAX_VALUE, 2, Duration.ofHours(1));

        readNoTableWhole(() -> jobs.run("launch", set, claim -> claim, chunk -> {}));
        old.database().node("batch").claims().releaseAll();
    }

    @Test
    void purgesByIndex() {
        BatchPurge purge = new BatchPurge(
                old.database().jdbc(),
                new RetentionSettings(Duration.ofDays(90), Duration.ofDays(7), Duration.ofSeconds(5)));

        readNoTableWhole(() -> assertThat(purge.purge(500)).isEqualTo(500));
    }
}

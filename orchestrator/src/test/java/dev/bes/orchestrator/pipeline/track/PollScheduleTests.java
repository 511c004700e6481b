package dev.bes.orchestrator.pipeline.track;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aRunningClaim;
import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.acceptance.NewRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Polls whose times are learned, while the database does not always answer. */
@ExtendWith(OutputCaptureExtension.class)
class PollScheduleTests {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private boolean isAway;
    private final Claim claim = aRunningClaim().build();
    private final PollSchedule pollSchedule = new PollSchedule(
            DatabaseFixture.shared().through(Away::new).node("polling").endedJobs(),
            new StepFixture().pollBounds,
            () -> now);

    @Test
    void goOnWithoutWhatIsLearnedAndSaySoOnceWhileThatLasts(CapturedOutput output) {
        for (boolean away : List.of(true, true, false, true, true)) {
            isAway = away;
            now = now.plus(Duration.ofMinutes(1));
            assertThat(pollSchedule.firstPoll(claim)).isPositive();
            pollSchedule.recordDurations(List.of(claim));
        }

        assertThat(output.getAll().lines().filter(line -> line.contains("cannot be read, so polls")))
                .hasSize(2);
        assertThat(output.getAll().lines().filter(line -> line.contains("cannot be saved, so polls")))
                .hasSize(2);
    }

    @Test
    void learnsFromAllThatFinishedHoweverSmallTheSets() {
        RunParts node = DatabaseFixture.shared().node("learning");
        NewRun run = aRun().withScorings(4).build();
        List<Claim> finished = new ScoringSetup(node).all(ScoringSetup.live(Step.SCORED), run);
        String endpoint = run.definition().endpoint();
        PollSchedule learning = new PollSchedule(node.endedJobs(), new StepFixture().pollBounds, () -> now);

        learning.recordDurations(finished.subList(0, 1));
        learning.recordDurations(finished.subList(1, 2));
        learning.recordDurations(finished.subList(2, 3));
        assertThat(node.endedJobs().of(endpoint)).hasSize(1);

        now = now.plus(Duration.ofSeconds(2));
        learning.recordDurations(finished.subList(3, 4));
        assertThat(node.endedJobs().of(endpoint)).hasSize(4);
    }

    private final class Away extends DelegatingDataSource {
        Away(DataSource real) {
            super(real);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (isAway) {
                throw new SQLException("away");
            }
            return super.getConnection();
        }
    }
}

package dev.bes.orchestrator.pipeline;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.UncategorizedSQLException;

@ExtendWith(OutputCaptureExtension.class)
class ItemGuardTests {
    private final RetryPolicy retryPolicy = new RetryPolicy(new StepFixture().settings);
    private final List<Step> begun = new ArrayList<>();

    private Outcome begin(Claim claim) {
        begun.add(claim.scoringState().step());
        return new Outcome.Unchanged(claim);
    }

    @Test
    void beginsNothingWithAScoringThatIsLost() {
        Outcome outcome = new ItemGuard(held -> false, retryPolicy)
                .run(aClaim(Step.STAGED).build(), this::begin);

        assertThat(StepFixture.later(outcome).due()).isZero();
        assertThat(begun).isEmpty();
    }

    @Test
    void takesAnOutageOfTheDatabaseForNoMistakeOfOurs(CapturedOutput output) {
        Outcome outcome = new ItemGuard(held -> true, retryPolicy)
                .run(aClaim(Step.STAGED).build(), claim -> {
                    throw new UncategorizedSQLException("task", "INSERT", new SQLException("read-only", "25006"));
                });

        assertThat(StepFixture.later(outcome).failure()).isEqualTo("The database was not reachable during this step");
        assertThat(output).doesNotContain("bug of the orchestrator");
    }

    @ParameterizedTest
    @EnumSource(names = {"PLANNED", "STAGED", "SUBMITTED", "STARTED", "SCORED"})
    void startsOnlyWhatIsBoundWhenTheNodeIsEnding(Step step) {
        ItemGuard itemGuard = new ItemGuard(held -> true, retryPolicy);
        itemGuard.shutDown();

        Outcome outcome = itemGuard.run(aClaim(step).build(), this::begin);

        if (step == Step.SUBMITTED) {
            assertThat(begun).containsExactly(step);
        } else {
            assertThat(begun).isEmpty();
            assertThat(StepFixture.later(outcome).due())
                    .as("others may take it at once")
                    .isZero();
        }
    }
}

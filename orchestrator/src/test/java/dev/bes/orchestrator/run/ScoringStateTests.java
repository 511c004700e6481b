package dev.bes.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

public class ScoringStateTests {
    /** Every legal move within an attempt, written out once more. */
    public static final List<String> LEGAL =
            """
            PLANNED/NotStarted   -> PLANNED/NotStarted
            PLANNED/NotStarted   -> STAGED/NotStarted
            PLANNED/NotStarted   -> PLANNED/Failed
            PLANNED/NotStarted   -> PLANNED/Cancelled
            STAGED/NotStarted    -> STAGED/NotStarted
            STAGED/NotStarted    -> SUBMITTED/NotStarted
            STAGED/NotStarted    -> STAGED/Failed
            STAGED/NotStarted    -> STAGED/Cancelled
            STAGED/NotStarted    -> SCORED/Running
            SUBMITTED/NotStarted -> SUBMITTED/NotStarted
            SUBMITTED/NotStarted -> STARTED/NotStarted
            SUBMITTED/NotStarted -> SUBMITTED/Failed
            SUBMITTED/NotStarted -> SUBMITTED/Cancelled
            STARTED/NotStarted   -> STARTED/NotStarted
            STARTED/NotStarted   -> STARTED/Running
            STARTED/NotStarted   -> SCORED/Running
            STARTED/NotStarted   -> STARTED/Failed
            STARTED/NotStarted   -> STARTED/Cancelled
            STARTED/Running      -> STARTED/Running
            STARTED/Running      -> SCORED/Running
            STARTED/Running      -> STARTED/Failed
            STARTED/Running      -> STARTED/Cancelled
            SCORED/Running       -> SCORED/Running
            SCORED/Running       -> DELIVERED/Finished
            SCORED/Running       -> SCORED/Failed
            SCORED/Running       -> SCORED/Cancelled
            """.lines().map(line -> line.replaceAll(" +", " ")).toList();

    /** Where a new attempt may begin. */
    public static final List<String> TRIED_AGAIN = List.of("STARTED/NotStarted", "STARTED/Running", "SCORED/Running");

    static String word(ScoringState scoringState) {
        return scoringState.step() + "/" + scoringState.state().word();
    }

    public static String word(ScoringState from, ScoringState to) {
        return word(from) + " -> " + word(to);
    }

    @Test
    void hasThesePositionsAndNoOthers() {
        assertThat(ScoringState.all())
                .extracting(ScoringStateTests::word)
                .containsExactlyInAnyOrder(
                        "PLANNED/NotStarted",
                        "PLANNED/Failed",
                        "PLANNED/Cancelled",
                        "STAGED/NotStarted",
                        "STAGED/Failed",
                        "STAGED/Cancelled",
                        "SUBMITTED/NotStarted",
                        "SUBMITTED/Failed",
                        "SUBMITTED/Cancelled",
                        "STARTED/NotStarted",
                        "STARTED/Running",
                        "STARTED/Failed",
                        "STARTED/Cancelled",
                        "SCORED/Running",
                        "SCORED/Failed",
                        "SCORED/Cancelled",
                        "DELIVERED/Finished");
    }

    @Test
    void allowsTheseMovesAndNoOthers() {
        List<String> allowed = new ArrayList<>();
        for (ScoringState from : ScoringState.all()) {
            for (ScoringState to : ScoringState.all()) {
                if (from.mayMoveTo(to)) {
                    allowed.add(word(from, to));
                }
            }
        }
        assertThat(allowed).containsExactlyInAnyOrderElementsOf(LEGAL);
    }

    @Test
    void allowsNoMoveToAPositionThatDoesNotExist() {
        for (Step step : Step.values()) {
            for (State state : State.values()) {
                ScoringState nowhere = new ScoringState(step, state);
                if (!ScoringState.all().contains(nowhere)) {
                    assertThat(ScoringState.all()).as("to " + word(nowhere)).noneMatch(from -> from.mayMoveTo(nowhere));
                }
            }
        }
    }

    @Test
    void allowsANewAttemptOnlyAfterARemoteJobThatWasStarted() {
        assertThat(ScoringState.all().stream().filter(ScoringState::mayTryAgain))
                .extracting(ScoringStateTests::word)
                .containsExactlyInAnyOrderElementsOf(TRIED_AGAIN);
    }

    @Test
    void neverLeavesAnEnd() {
        List<ScoringState> ends =
                ScoringState.all().stream().filter(p -> p.state().ended()).toList();

        assertThat(ends).hasSize(11);
        assertThat(ends).noneMatch(ScoringState::mayTryAgain);
        assertThat(ends).noneMatch(end -> ScoringState.all().stream().anyMatch(to -> end.mayMoveTo(to)));
    }

    @Test
    void knowsEveryStateByItsWord() {
        assertThat(Arrays.stream(State.values()).map(State::word))
                .containsExactly("NotStarted", "Running", "Failed", "Cancelled", "Finished");
        assertThat(State.values())
                .allSatisfy(state -> assertThat(State.of(state.word())).isEqualTo(state));
    }
}

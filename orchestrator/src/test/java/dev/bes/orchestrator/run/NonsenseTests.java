package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.dao.DataAccessException;

/** The database refuses what cannot be, whatever code asks for it. */
class NonsenseTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.withConnections(2);
    private static final Claim STARTED = new ScoringSetup(DATABASE.node("a")).one(Step.STARTED, aRun().build());
    private static final String NEW_RUN =
            "INSERT INTO run (definition, occurrence, trigger, definition_hash, scorings) ";

    /** What a constraint is for, as the one statement that it alone refuses. */
    private static final Map<String, String> NONSENSE = new TreeMap<>(Map.ofEntries(
            Map.entry("run_trigger", "UPDATE run SET trigger = 'whim'"),
            Map.entry("run_state", "UPDATE run SET state = 'Lost'"),
            Map.entry("run_end", "UPDATE run SET ended_at = now()"),
            Map.entry("run_failure_has_cause", "UPDATE run SET state = 'Failed', ended_at = now()"),
            Map.entry("run_once", NEW_RUN + "SELECT definition, occurrence, 'files', definition_hash, 1 FROM run"),
            Map.entry(
                    "run_request_once", NEW_RUN + "SELECT 'other', occurrence, 'request', definition_hash, 1 FROM run"),
            Map.entry("scoring_step", "UPDATE scoring SET step = 'LOST'"),
            Map.entry("scoring_state", "UPDATE scoring SET state = 'Lost'"),
            Map.entry("scoring_stop_reason", "UPDATE scoring SET stop_reason = 'whim'"),
            Map.entry("scoring_end", "UPDATE scoring SET ended_at = now(), due_at = NULL"),
            Map.entry("scoring_due_until_ended", "UPDATE scoring SET due_at = NULL"),
            Map.entry("scoring_finished_is_delivered", "UPDATE scoring SET step = 'DELIVERED'"),
            Map.entry("scoring_running_is_started", "UPDATE scoring SET step = 'PLANNED', state = 'Running'"),
            Map.entry(
                    "scoring_failure_has_cause",
                    "UPDATE scoring SET state = 'Failed', ended_at = now(), due_at = NULL, cause = NULL"),
            Map.entry(
                    "scoring_attention",
                    "UPDATE scoring SET attention = 'whim', due_at = 'infinity', owner = NULL, cause = 'whim'"),
            Map.entry(
                    "scoring_attention_waits",
                    "UPDATE scoring SET attention = 'forgotten', owner = NULL, cause = 'and due at once'"),
            Map.entry("scoring_attempt", "UPDATE scoring SET attempt = 0"),
            Map.entry("scoring_unreadable_inputs", "UPDATE scoring SET unreadable_inputs = attempt"),
            Map.entry("scoring_priority", "UPDATE scoring SET priority = 0"),
            Map.entry("scoring_position", """
                    INSERT INTO scoring (run_id, position, endpoint, inputs, parameters, delivery)
                    SELECT run_id, position, endpoint, inputs, parameters, delivery FROM scoring"""),
            Map.entry("attempt_job", """
                    INSERT INTO attempt (scoring_id, number, staged, rows_in, endpoint, nonce, job_id, submitted_at)
                    SELECT scoring_id, 2, staged, rows_in, endpoint, nonce, job_id, submitted_at FROM attempt"""),
            Map.entry("attempt_state", "UPDATE attempt SET state = 'Lost'"),
            Map.entry("attempt_end", "UPDATE attempt SET state = 'Failed'"),
            Map.entry("attempt_submitted", "UPDATE attempt SET nonce = NULL"),
            Map.entry(
                    "attempt_started_is_submitted",
                    "UPDATE attempt SET job_id = NULL, nonce = NULL, submitted_at = NULL"),
            Map.entry("attempt_finished_has_outputs", "UPDATE attempt SET state = 'Finished', ended_at = now()"),
            Map.entry("history_seq", """
                    INSERT INTO history (run_id, scoring_id, seq, from_state, to_state, node)
                    SELECT run_id, scoring_id, seq, 'NotStarted', 'Running', 'b' FROM history"""),
            Map.entry("history_actor", """
                    INSERT INTO history (run_id, seq, from_state, to_state, node, actor)
                    SELECT id, 8, 'NotStarted', 'Running', 'b', 'whim:of-mine' FROM run"""),
            Map.entry("history_leaves_no_end", """
                    INSERT INTO history (run_id, seq, from_state, to_state, node)
                    SELECT id, 9, 'Finished', 'Running', 'b' FROM run"""),
            Map.entry("dropped_file_run", """
                    INSERT INTO dropped_file (id, definition, folder, name, bytes, location)
                    VALUES (gen_random_uuid(), 'd', 'f', 'n', 1, 'failed')"""),
            Map.entry("dropped_file_location", """
                    INSERT INTO dropped_file (id, definition, folder, name, bytes, run_id, location)
                    SELECT gen_random_uuid(), 'd', 'f', 'n', 1, id, 'nowhere' FROM run""")));

    @TestFactory
    Stream<DynamicTest> refusesRowsThatViolateAConstraint() {
        return NONSENSE.entrySet().stream()
                .map(nonsense -> DynamicTest.dynamicTest(
                        nonsense.getKey(),
                        () -> assertThatThrownBy(() ->
                                        DATABASE.jdbc().sql(nonsense.getValue()).update())
                                .isInstanceOf(DataAccessException.class)
                                .hasMessageContaining("\"" + nonsense.getKey() + "\"")));
    }

    @Test
    void triesEveryConstraintOfTheSchema() {
        List<String> names =
                DATABASE.jdbc().sql("""
                        SELECT conname FROM pg_constraint WHERE contype IN ('c', 'u') AND conrelid::regclass::text IN
                            ('run', 'scoring', 'attempt', 'submit_intent', 'history', 'dropped_file', 'frozen_definition')
                        UNION SELECT 'run_request_once' ORDER BY 1""").query((row, n) -> row.getString(1)).list();

        assertThat(NONSENSE.keySet()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void takesTheHistoryOfARunTwiceForNone() {
        String move =
                "INSERT INTO history (run_id, seq, from_state, to_state, node) VALUES (?, 7, 'Running', 'Running', 'b')";
        DATABASE.jdbc().sql(move).param(STARTED.run()).update();

        assertThatThrownBy(() -> DATABASE.jdbc().sql(move).param(STARTED.run()).update())
                .hasMessageContaining("history_seq");
    }

    @Test
    void derivesTheSweepFromWhereAScoringStands() {
        RunParts node = DATABASE.node("sweeps");
        Map<ScoringState, String> sweeps = new HashMap<>();
        for (ScoringState scoringState : ScoringState.all()) {
            Claim claim = new ScoringSetup(node).one(scoringState, aRun().build());
            sweeps.put(scoringState, String.valueOf(node.row(claim).get("sweep")));
        }

        assertThat(sweeps)
                .allSatisfy((scoringState, sweep) -> assertThat(sweep)
                        .as(scoringState.toString())
                        .isEqualTo(
                                scoringState.state().ended()
                                        ? "null"
                                        : switch (scoringState.step()) {
                                            case PLANNED, STAGED, SUBMITTED -> "launch";
                                            case STARTED -> "track";
                                            case SCORED, DELIVERED -> "collect";
                                        }));
    }
}

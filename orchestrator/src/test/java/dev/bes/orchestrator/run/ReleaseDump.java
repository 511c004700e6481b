package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.RunBuilder.aRun;

import dev.bes.orchestrator.run.acceptance.NewRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes the rows of a database in which everything stands everywhere, as a release leaves them: run once per released
 * version, at its commit, with the file to write as the argument. {@code UpgradeTests} loads each such file into a schema of
 * its version and lets the service of today take it over. Input files lie in a folder called {@code @FOLDER@} there.
 */
public final class ReleaseDump {
    // parents before children; what a migration seeds is left out
    private static final List<String> TABLES = List.of(
            "frozen_definition",
            "run",
            "scoring",
            "attempt",
            "submit_intent",
            "history",
            "dropped_file",
            "batch_job_instance",
            "batch_job_execution",
            "batch_step_execution",
            "qrtz_job_details",
            "qrtz_triggers",
            "qrtz_cron_triggers",
            "qrtz_scheduler_state");

    // as nodes leave things that crash in the middle of something
    private static final List<String> LEFTOVERS = List.of(
            """
            INSERT INTO dropped_file (id, definition, folder, name, bytes, run_id, location)
            SELECT gen_random_uuid(), definition, 'drop', 'a.csv', 1, id, 'archive' FROM run WHERE state = 'Finished'""",
            "INSERT INTO batch_job_instance VALUES (1, 0, 'launch', 'a'), (2, 0, 'launch', 'b'), (3, 0, 'collect', 'c')",
            """
            INSERT INTO batch_job_execution (job_execution_id, version, job_instance_id, create_time, status)
            VALUES (2, 1, 2, '2026-01-01', 'STARTED'), (3, 1, 3, '2026-01-01', 'UNKNOWN')""",
            """
            INSERT INTO batch_step_execution (step_execution_id, version, step_name, job_execution_id, create_time, status)
            VALUES (3, 1, 'collect', 3, '2026-01-01', 'STARTED')""",
            "SELECT setval('batch_job_instance_seq', 3), setval('batch_job_execution_seq', 3), setval('batch_step_execution_seq', 3)",
            """
            INSERT INTO qrtz_job_details VALUES ('orchestrator', 'tick', 'ticking', NULL,
                'dev.bes.orchestrator.trigger.schedule.ScheduleJob', false, false, false, true, NULL)""",
            """
            INSERT INTO qrtz_triggers VALUES ('orchestrator', 'tick', 'ticking', 'tick', 'ticking', NULL,
                1767225600000, -1, 5, 'ACQUIRED', 'CRON', 1767225500000, 0, NULL, 1, NULL)""",
            "INSERT INTO qrtz_cron_triggers VALUES ('orchestrator', 'tick', 'ticking', '* * * * * ?', 'UTC')",
            "INSERT INTO qrtz_scheduler_state VALUES ('orchestrator', 'gone', 1767225600000, 5000)");

    private static final String FAR = "2100-01-01";

    private final DatabaseFixture databaseFixture = DatabaseFixture.withConnections(2);
    private final JdbcClient jdbc = databaseFixture.jdbc();
    private final ScoringSetup scoringSetup = new ScoringSetup(databaseFixture.node("old-node"));

    private ReleaseDump() {}

    /** Writes the dump. */
    public static void main(String[] args) throws IOException {
        ReleaseDump dump = new ReleaseDump();
        dump.fill();
        Files.write(Path.of(args[0]), dump.lines());
        System.exit(0);
    }

    private void fill() {
        for (ScoringState place : ScoringState.all()) {
            stand(place, "rests", "owner = NULL");
            if (!place.state().ended()) {
                stand(place, "is held by a node that is gone", "owner = 'gone'");
                stand(place, "is in trouble", "owner = NULL, failures = 3, not_found_count = 2, cause = 'it rains'");
            }
            if (!place.state().ended() && (place.step() == Step.SUBMITTED || place.step() == Step.STARTED)) {
                stop(place, StopReason.CANCEL);
                stop(place, StopReason.DEADLINE);
            }
        }
        tryAgain();
        LEFTOVERS.forEach(sql -> {
            if (sql.startsWith("SELECT")) {
                jdbc.sql(sql).query((row, n) -> true).list();
            } else {
                jdbc.sql(sql).update();
            }
        });
    }

    private static NewRun run(ScoringState place, String how) {
        return aRun().of((place.step() + "-" + place.state().word() + " that " + how).replace(' ', '-'))
                .on("feature-hashing")
                .withTemplate("Target column", "text")
                .deliveredTo("there/${run.id}")
                .withFiles(List.of(new InputFile("@FOLDER@/a.csv", "a.csv")))
                .build();
    }

    private void stand(ScoringState place, String how, String set) {
        Claim claim = scoringSetup.one(place, run(place, how));
        if (!place.state().ended()) {
            jdbc.sql("UPDATE scoring SET " + set + " WHERE id = ?")
                    .param(claim.scoring())
                    .update();
        }
        makeDue(FAR);
    }

    /** Until all are made, none is due: they share an endpoint. */
    private void makeDue(String time) {
        jdbc.sql("UPDATE scoring SET due_at = ?::timestamptz WHERE sweep IS NOT NULL")
                .param(time)
                .update();
    }

    private void stop(ScoringState place, StopReason why) {
        Claim claim = scoringSetup.one(place, run(place, "is stopped for its " + why.column()));
        scoringSetup.node().moves().apply(List.of(Move.stopping(claim, why, Duration.ZERO, "it was to be")));
        makeDue(FAR);
    }

    private void tryAgain() {
        ScoringState place = ScoringSetup.live(Step.SCORED);
        Claim claim = scoringSetup.one(place, run(place, "is tried again"));
        scoringSetup
                .node()
                .moves()
                .apply(List.of(Move.tryAgain(claim, Duration.ZERO, "the output was no good", "Finished")));
        makeDue("2026-01-01");
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String table : TABLES) {
            List<String> columns = jdbc.sql("""
                    SELECT column_name FROM information_schema.columns
                    WHERE table_name = ? AND is_generated = 'NEVER' ORDER BY ordinal_position""")
                    .param(table)
                    .query((row, n) -> row.getString(1))
                    .list();
            String values = String.join(
                    ", ",
                    columns.stream().map(c -> "quote_nullable(" + c + "::text)").toList());
            lines.addAll(jdbc.sql("SELECT concat_ws(', ', " + values + ") FROM " + table)
                    .query((row, n) -> "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s);"
                            .formatted(table, String.join(", ", columns), row.getString(1)))
                    .list());
        }
        lines.add(
                "SELECT setval('run_id_seq', (SELECT max(id) FROM run)), setval('scoring_id_seq', (SELECT max(id) FROM scoring)),");
        lines.add(
                "  setval('batch_job_instance_seq', 3), setval('batch_job_execution_seq', 3), setval('batch_step_execution_seq', 3);");
        return lines;
    }
}

package dev.bes.orchestrator.run;

import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.run.claim.Claims;
import dev.bes.orchestrator.run.claim.DueWork;
import dev.bes.orchestrator.run.claim.WakeUps;
import dev.bes.orchestrator.run.command.Cancellation;
import dev.bes.orchestrator.run.command.Resumption;
import dev.bes.orchestrator.run.fold.FoldMembers;
import dev.bes.orchestrator.run.fold.Folds;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.move.JobDurations;
import dev.bes.orchestrator.run.move.Moves;
import dev.bes.orchestrator.run.move.SubmitIntents;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.ScoringView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One node's view of the rows. */
public record RunParts(
        String name,
        JdbcClient jdbc,
        RunAcceptance runs,
        Claims claims,
        Moves moves,
        SubmitIntents intents,
        Cancellation cancellation,
        Resumption resumption,
        RunReader reader,
        DueWork dueTimes,
        WakeUps wakeups,
        FoldMembers folded,
        Folds folds) {

    /** Longer than any test. */
    public static final Duration LEASE = Duration.ofHours(1);

    /** The same with others who share jobs. */
    public RunParts with(FoldMembers others) {
        return new RunParts(
                name,
                jdbc,
                runs,
                claims,
                moves,
                intents,
                cancellation,
                resumption,
                reader,
                dueTimes,
                wakeups,
                others,
                folds);
    }

    /** Claims what is due on the endpoint of a run. */
    public List<Claim> claim(Sweep sweep, NewRun run) {
        return claims.claim(sweep, run.definition().endpoint(), Integer.MAX_VALUE, 1000, LEASE);
    }

    /** What is remembered of the jobs of each endpoint. */
    public JobDurations endedJobs() {
        return new JobDurations(jdbc);
    }

    /** Lets the leases and waits on the endpoint of a run be over. */
    public void letTimePass(NewRun run) {
        jdbc.sql("UPDATE scoring SET due_at = clock_timestamp() WHERE endpoint = ?"
                        + " AND isfinite(due_at) AND attention IS NULL")
                .param(run.definition().endpoint())
                .update();
        if (run.definition().fold() != null) {
            jdbc.sql(
                            "UPDATE scoring SET fold_due_at = clock_timestamp() WHERE endpoint = ? AND fold_due_at IS NOT NULL")
                    .param(run.definition().endpoint())
                    .update();
        }
    }

    /** The row of a scoring as it is in the table. */
    public Map<String, @Nullable Object> row(Claim claim) {
        return jdbc.sql("SELECT * FROM scoring WHERE id = ?")
                .param(claim.scoring())
                .query()
                .singleRow();
    }

    /** Where a scoring stands. */
    public ScoringState position(Claim claim) {
        return jdbc.sql("SELECT step, state FROM scoring WHERE id = ?")
                .param(claim.scoring())
                .query((row, n) ->
                        new ScoringState(Step.valueOf(row.getString("step")), State.of(row.getString("state"))))
                .single();
    }

    /** The run of a claim. */
    public RunView run(Claim claim) {
        return reader.find(claim.run()).orElseThrow();
    }

    /** The scoring of a claim. */
    public ScoringView scoring(Claim claim) {
        return reader.scoring(claim.run(), claim.position()).orElseThrow();
    }

    /** The moves of the scoring of a claim. */
    public List<HistoryEntry> history(Claim claim) {
        return reader.history(claim.run(), 1000).stream()
                .filter(h -> Integer.valueOf(claim.position()).equals(h.scoring()))
                .toList();
    }

    /** The moves of a run itself. */
    public List<HistoryEntry> runHistory(long run) {
        return reader.history(run, 1000).stream()
                .filter(h -> h.scoring() == null)
                .toList();
    }
}

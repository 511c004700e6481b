package dev.bes.orchestrator.run.acceptance;

import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.TriggerKind;
import dev.bes.orchestrator.run.claim.FrozenDefinitions;
import dev.bes.orchestrator.run.journal.RunJournal;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accepts the shadows of scorings, each as a run of one scoring, in the transaction that accepts the outputs of those scorings. */
@Component
public class ShadowAcceptance {
    private final RunRows runs;
    private final ScoringRows scorings;
    private final RunJournal journal;

    public ShadowAcceptance(PlannerSwitches switches, FrozenDefinitions definitions, RunJournal journal) {
        JdbcClient jdbc = switches.jdbc();
        // nobody waits for a shadow, so its calls are not forecast
        this.runs = new RunRows(jdbc, journal, definitions, (definition, count) -> null);
        this.scorings = new ScoringRows(jdbc);
        this.journal = journal;
    }

    /**
     * A shadow to be accepted.
     *
     * @param of the scoring whose inputs it scores, too
     * @param definition as a shadow runs it
     * @param inputs the same inputs by name
     * @param parameters the same parameters, with everything filled in
     */
    public record Shadow(
            long of, Definition definition, Map<String, InputSource> inputs, Map<String, String> parameters) {}

    /**
     * Accepts shadows.
     *
     * @return the run of each new one, by the scoring that it shadows
     */
    public Map<Long, Long> accept(List<Shadow> shadows) {
        if (shadows.isEmpty()) {
            return Map.of();
        }
        Map<RunRows.Key, RunRows.Inserted> inserted =
                runs.insert(shadows.stream().map(this::entry).toList());
        Map<Long, Shadow> byRun = new HashMap<>();
        Map<Long, Long> byScoring = new HashMap<>();
        for (Shadow shadow : shadows) {
            RunRows.Inserted row = inserted.get(entry(shadow).key());
            if (row != null) {
                byRun.put(row.id(), shadow);
                byScoring.put(shadow.of, row.id());
            }
        }
        scorings.insert(byRun);
        return byScoring;
    }

    private RunRows.Entry entry(Shadow shadow) {
        NewRun run = new NewRun(
                shadow.definition,
                TriggerKind.SHADOW,
                "shadow:" + shadow.of,
                null,
                Map.of(),
                null,
                ZoneOffset.UTC,
                List.of(shadow.inputs),
                journal.self(),
                null,
                null,
                Map.of(),
                null);
        return new RunRows.Entry(run, 1, null, null);
    }
}

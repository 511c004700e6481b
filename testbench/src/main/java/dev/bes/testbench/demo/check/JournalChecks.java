package dev.bes.testbench.demo.check;

import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.ScoringJson.AttemptJson;
import dev.bes.sandbox.journal.JournalEntry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the sandbox's journal must say after the demo. */
public final class JournalChecks {

    private JournalChecks() {}

    /** In the sandbox's journal each scoring started one remote job, the one that its attempt names. */
    public static Check oneJobPerScoring(List<RunDetailJson> runs, List<JournalEntry> journal) {
        long scorings = runs.stream().mapToLong(run -> run.scorings().size()).sum();
        Map<String, Long> started = journal.stream()
                .filter(entry ->
                        entry.event() == JournalEntry.Event.START && Boolean.TRUE.equals(entry.fact("accepted")))
                .map(entry -> String.valueOf(entry.job()))
                .collect(Collectors.groupingBy(job -> job, TreeMap::new, Collectors.counting()));
        List<String> named = runs.stream()
                .flatMap(run -> run.lastAttempts().stream())
                .map(AttemptJson::jobId)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        boolean once = started.values().stream().allMatch(count -> count == 1);
        boolean holds = once && scorings > 0 && named.size() == scorings && named.equals(List.copyOf(started.keySet()));
        return Check.that(
                "By the journal, one remote job started per scoring, the one its attempt names",
                holds,
                started.values().stream().mapToLong(n -> n).sum() + " started for " + scorings + " scorings");
    }

    /** In the sandbox's journal the model server scored as many rows as the runs have. */
    public static Check eachRowScoredOnce(List<RunDetailJson> runs, List<JournalEntry> journal) {
        long rows = runs.stream()
                .flatMap(run -> run.lastAttempts().stream())
                .mapToLong(AttemptJson::rowsIn)
                .sum();
        List<JournalEntry> batches = journal.stream()
                .filter(entry -> entry.event() == JournalEntry.Event.EXECUTE)
                .toList();
        long scored = batches.stream()
                .mapToLong(batch -> ((Number) Objects.requireNonNull(batch.fact("rows"))).longValue())
                .sum();
        return Check.that(
                "By the journal, the model server scored each row once",
                rows > 0 && scored == rows,
                scored + " of " + rows + " rows in " + batches.size() + " batches");
    }
}

package dev.bes.testbench.chaos;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.testbench.checker.Evidence;
import dev.bes.testbench.checker.Report;
import dev.bes.testbench.checker.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What came of a run.
 *
 * @param notes what else is worth knowing
 */
record Outcome(Evidence evidence, Report report, Tally deeds, Tally mischiefs, List<String> notes) {

    boolean isClean() {
        return report.broken().isEmpty();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("What was done, and how often");
        lines.addAll(table(deeds));
        lines.add("What went wrong, and how often");
        lines.addAll(table(mischiefs));
        lines.add("What came of it");
        lines.addAll(counts());
        notes.forEach(note -> lines.add("  " + note));
        lines.add("What the checker says");
        report.toString().lines().forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static List<String> table(Tally tally) {
        return tally.counts().entrySet().stream()
                .map(entry -> "  %5d  %s".formatted(entry.getValue(), entry.getKey()))
                .toList();
    }

    private List<String> counts() {
        Snapshot database = evidence.database();
        Set<String> known =
                database.attempts().stream().map(Snapshot.Attempt::job).collect(Collectors.toSet());
        List<String> jobs = evidence.journal().stream()
                .filter(entry -> entry.event() == Event.SUBMIT)
                .map(JournalEntry::job)
                .toList();
        long started = evidence.journal().stream()
                .filter(entry -> entry.event() == Event.START && Boolean.TRUE.equals(entry.fact("accepted")))
                .count();
        long orphans = jobs.stream().filter(job -> !known.contains(job)).count();
        return List.of(
                "  runs      " + database.runs().size() + ": " + by(database.runs(), Snapshot.Run::state) + ", "
                        + by(database.runs(), Snapshot.Run::trigger),
                "  scorings  " + database.scorings().size() + ", attempts "
                        + database.attempts().size() + ", moves "
                        + database.moves().size(),
                "  jobs      " + jobs.size() + " submitted, " + started + " started, " + orphans + " orphans");
    }

    private static <T> Map<String, Long> by(List<T> all, Function<T, String> word) {
        return all.stream().collect(Collectors.groupingBy(word, java.util.TreeMap::new, Collectors.counting()));
    }
}

package dev.bes.testbench.chaos.observation;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.testbench.checker.CheckerReport;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The result of an experiment.
 *
 * @param actions how often each action was done, by name
 * @param faults how often each fault was injected, by name
 * @param notes further observations
 */
public record ExperimentResult(
        Evidence evidence,
        CheckerReport report,
        Map<String, Integer> actions,
        Map<String, Integer> faults,
        List<String> notes) {

    /** Whether all invariants hold. */
    public boolean isClean() {
        return report.broken().isEmpty();
    }

    /** The report, line by line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Actions, how often");
        lines.addAll(table(actions));
        lines.add("Faults, how often");
        lines.addAll(table(faults));
        lines.add("Result");
        lines.addAll(counts());
        notes.forEach(note -> lines.add("  " + note));
        lines.add("Checker");
        report.toString().lines().forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static List<String> table(Map<String, Integer> counts) {
        return counts.entrySet().stream()
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
                "  runs      " + database.runs().size() + ": " + count(database.runs(), Snapshot.Run::state) + ", "
                        + count(database.runs(), Snapshot.Run::trigger),
                "  scorings  " + database.scorings().size() + ", attempts "
                        + database.attempts().size() + ", moves "
                        + database.moves().size(),
                "  jobs      " + jobs.size() + " submitted, " + started + " started, " + orphans + " orphans");
    }

    private static <T> Map<String, Long> count(List<T> all, Function<T, String> value) {
        return all.stream().collect(Collectors.groupingBy(value, java.util.TreeMap::new, Collectors.counting()));
    }
}

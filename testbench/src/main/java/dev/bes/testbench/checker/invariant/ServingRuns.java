package dev.bes.testbench.checker.invariant;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.bes.testbench.checker.analysis.SnapshotIndex;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Comparison;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@link V1OneRunPerTrigger} and {@link V6DeliveredOutputIsJobOutput} say of runs that serve others: shadows, and those that have the
 * job of other scorings.
 */
final class ServingRuns {

    private final Evidence evidence;
    private final SnapshotIndex index;
    private final Violations violations;
    private final List<Scoring> served;

    private ServingRuns(Evidence evidence, Violations violations) {
        this.evidence = evidence;
        this.index = new SnapshotIndex(evidence.database());
        this.violations = violations;
        this.served = evidence.database().scorings().stream()
                .filter(scoring -> !index.run(scoring).serves())
                .toList();
    }

    static void check(Evidence evidence, Violations violations) {
        ServingRuns it = new ServingRuns(evidence, violations);
        it.shadows();
        it.folds();
    }

    /** They deliver nothing, and shadows find what was delivered. */
    static void checkOutputs(Evidence evidence, Violations violations) {
        ServingRuns it = new ServingRuns(evidence, violations);
        for (Attempt attempt : evidence.database().attempts()) {
            violations.require(
                    attempt.outputs().isEmpty()
                            || !it.index.run(it.index.scoring(attempt)).serves(),
                    "%s serves another run, and has delivered %s",
                    it.index.describe(attempt),
                    attempt.outputs().keySet());
        }
        for (Comparison comparison : evidence.database().shadows().comparisons()) {
            violations.require(
                    !Set.of("differs", "not-comparable").contains(String.valueOf(comparison.verdict())),
                    "The shadow of scoring %d is of the same service, and its verdict is %s",
                    comparison.scoring(),
                    comparison.verdict());
            String folder = "/" + comparison.folder() + "/";
            evidence.delivered().stream()
                    .filter(file -> file.path().contains(folder))
                    .forEach(file -> violations.add(
                            "%s was delivered by the shadow of scoring %d", file.path(), comparison.scoring()));
        }
    }

    private void shadows() {
        Set<String> accepted = served.stream()
                .filter(scoring -> scoring.state().equals("Finished"))
                .map(scoring -> "shadow:" + scoring.id())
                .collect(toSet());
        Map<String, List<Run>> shadows = runs("shadow").collect(groupingBy(Run::occurrence));
        shadows.forEach((occurrence, same) -> {
            List<Long> ids = same.stream().map(Run::id).toList();
            violations.require(same.size() == 1, "%s became %d runs: %s", occurrence, same.size(), ids);
            violations.require(accepted.contains(occurrence), "No accepted output for %s, run %s", occurrence, ids);
        });
        comparisons(shadows);
    }

    private void comparisons(Map<String, List<Run>> shadows) {
        List<Comparison> comparisons = evidence.database().shadows().comparisons();
        Set<Long> compared = comparisons.stream().map(Comparison::scoring).collect(toSet());
        evidence.database().shadows().due().stream()
                .filter(scoring -> !compared.contains(scoring))
                .forEach(scoring -> violations.add("The output of scoring %d is accepted, and not compared", scoring));
        for (Comparison comparison : comparisons) {
            Long run = comparison.run();
            violations.require(
                    run == null
                            || shadows.getOrDefault("shadow:" + comparison.scoring(), List.of()).stream()
                                    .anyMatch(shadow -> shadow.id() == run),
                    "Scoring %d is compared with run %d, which is not its shadow",
                    comparison.scoring(),
                    run);
        }
    }

    private void folds() {
        Set<String> folded = served.stream()
                .map(scoring -> index.run(scoring).definition() + " fold:" + scoring.id())
                .collect(toSet());
        runs("fold").forEach(run -> {
            String first = run.definition() + " " + run.occurrence().replaceFirst("^(fold:\\d+):.*", "$1");
            violations.require(
                    index.scorings(run).size() == 1 && folded.contains(first),
                    "Run %d, %s, has %d scorings, or the job of no scoring of its definition",
                    run.id(),
                    run.occurrence(),
                    index.scorings(run).size());
        });
    }

    private Stream<Run> runs(String trigger) {
        return evidence.database().runs().stream().filter(run -> run.trigger().equals(trigger));
    }
}

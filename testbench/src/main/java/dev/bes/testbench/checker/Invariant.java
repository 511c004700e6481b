package dev.bes.testbench.checker;

import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.invariant.V10IdCommittedBeforeStart;
import dev.bes.testbench.checker.invariant.V11WaitsRespected;
import dev.bes.testbench.checker.invariant.V12AttemptLimit;
import dev.bes.testbench.checker.invariant.V13NoSecretLeaks;
import dev.bes.testbench.checker.invariant.V14FrameworkTablesClean;
import dev.bes.testbench.checker.invariant.V15NoFileLost;
import dev.bes.testbench.checker.invariant.V1OneRunPerTrigger;
import dev.bes.testbench.checker.invariant.V2EveryRunEnds;
import dev.bes.testbench.checker.invariant.V3EverySubmitHasIntent;
import dev.bes.testbench.checker.invariant.V4OneJobStartedPerAttempt;
import dev.bes.testbench.checker.invariant.V5OneJobRunningPerScoring;
import dev.bes.testbench.checker.invariant.V6DeliveredOutputIsJobOutput;
import dev.bes.testbench.checker.invariant.V7OrphansNeverStarted;
import dev.bes.testbench.checker.invariant.V8CancelledStaysCancelled;
import dev.bes.testbench.checker.invariant.V9HistoryIsConsistent;
import java.util.List;

/** What must hold after every run, whatever faults happened. The Javadoc of each class is the exact wording. */
public enum Invariant {
    /** Every acknowledged trigger is exactly one run, and no run is without a trigger. */
    V1("every trigger is exactly one run"),
    /** Every run ends or needs attention with a cause, soon after the last fault. */
    V2("every run ends or needs attention"),
    /** Every submit has an intent that was committed before it was sent. */
    V3("every submit has its intent"),
    /** Of each attempt at most one job is started, the one that the attempt names. */
    V4("one job started per attempt, its own"),
    /** Of each scoring at most one job runs at any time. */
    V5("one running job per scoring at any time"),
    /** The delivered output is the output of the one accepted job. */
    V6("the delivered output is the accepted job's output"),
    /** Orphans, jobs that no attempt names, are never started and are explained by faults. */
    V7("orphans are never started"),
    /** A cancelled job stays cancelled, and no other job is cancelled. */
    V8("cancelled stays cancelled, and nothing else is cancelled"),
    /** History is complete, legal and consistent with the rows. */
    V9("history is complete, legal and consistent"),
    /** No job is started before its id is committed. */
    V10("no start before the id is committed"),
    /** The service keeps every wait it is asked for, and polls no more often than configured. */
    V11("waits and poll intervals are kept"),
    /** No more jobs are started for a scoring than its definition allows. */
    V12("no more attempts than allowed"),
    /** No secret appears anywhere. */
    V13("secrets appear nowhere"),
    /** The tables of Spring Batch and Quartz hold no more unfinished rows than the faults explain. */
    V14("Spring Batch and Quartz leave no unfinished rows"),
    /** Every dropped file is in exactly one place. */
    V15("every dropped file and blob is in one place");

    private final String title;

    Invariant(String title) {
        this.title = title;
    }

    /** Its violations, one line each; none when it holds. */
    public List<String> violations(Evidence evidence) {
        return switch (this) {
            case V1 -> V1OneRunPerTrigger.violations(evidence);
            case V2 -> V2EveryRunEnds.violations(evidence);
            case V3 -> V3EverySubmitHasIntent.violations(evidence);
            case V4 -> V4OneJobStartedPerAttempt.violations(evidence);
            case V5 -> V5OneJobRunningPerScoring.violations(evidence);
            case V6 -> V6DeliveredOutputIsJobOutput.violations(evidence);
            case V7 -> V7OrphansNeverStarted.violations(evidence);
            case V8 -> V8CancelledStaysCancelled.violations(evidence);
            case V9 -> V9HistoryIsConsistent.violations(evidence);
            case V10 -> V10IdCommittedBeforeStart.violations(evidence);
            case V11 -> V11WaitsRespected.violations(evidence);
            case V12 -> V12AttemptLimit.violations(evidence);
            case V13 -> V13NoSecretLeaks.violations(evidence);
            case V14 -> V14FrameworkTablesClean.violations(evidence);
            case V15 -> V15NoFileLost.violations(evidence);
        };
    }

    @Override
    public String toString() {
        return name() + " " + title;
    }
}
